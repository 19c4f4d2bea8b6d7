package io.signalbox.cli.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher in a house of its own, with a builder that is quick and counts. */
class LauncherTest {
    @TempDir
    Path folder;

    private Path root;
    private Path launcher;
    private Path bin;
    private final Map<Process, Path> errors = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    @BeforeEach
    void buildAHouse() throws Exception {
        root = Files.createDirectories(folder.resolve("the house"));
        for (final String module : List.of("kernel", "journal", "adapters/yaml", "adapters/cli")) {
            Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
            Files.writeString(root.resolve(module).resolve("src/main/java/A.java"), "class A {}");
        }
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(Files.createDirectories(root.resolve(".mvn")).resolve("jvm.config"), "");
        launcher = root.resolve("adapters/cli/signalbox");
        Files.copy(Path.of("signalbox"), launcher);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        jar(root.resolve("echo.jar"));
        bin = Files.createDirectories(folder.resolve("bin"));
        program(
                "mvn",
                "echo built >>builds; echo '[INFO] Building Signalbox kernel 0.1.0 [2/6]'; sleep 0.3;"
                        + " ! [ -e fail ] || { echo '[ERROR] no such symbol'; exit 1; };"
                        + " mkdir -p adapters/cli/target; cp echo.jar adapters/cli/target/signalbox.jar");
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        makeSourcesOld();
    }

    @Test
    void shouldBuildOnceAndPassArgumentsAsTheyAre() throws Exception {
        final Run first = run("a b", "", "*", "'q'", "\"d\"", "$HOME", "-x", "--", "new\nline", "ž✓", "\\");
        assertThat(first.exitCode).isZero();
        assertThat(first.out)
                .isEqualTo("[a b]\n[]\n[*]\n['q']\n[\"d\"]\n[$HOME]\n[-x]\n[--]\n[new\nline]\n[ž✓]\n[\\]\n");
        assertThat(first.err).contains("signalbox: building, once", "signalbox: building kernel");
        final Run second = run();
        assertThat(second.err).isEmpty();
        assertThat(second.out).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldPassTheExitCodeThrough() throws Exception {
        assertThat(run("exit", "4").exitCode).isEqualTo(4);
        assertThat(run("exit", "143").exitCode).isEqualTo(143);
    }

    @Test
    void shouldWorkFromAnotherDirectoryAndThroughLinks() throws Exception {
        final Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        final Path one = Files.createSymbolicLink(folder.resolve("one"), launcher);
        final Path two = Files.createSymbolicLink(elsewhere.resolve("two"), Path.of("../one"));
        Files.createSymbolicLink(bin.resolve("signalbox"), two);
        assertThat(run(elsewhere, List.of("./two", "about")).out).contains("directory " + elsewhere.toRealPath());
        assertThat(run(elsewhere, List.of(one.toString(), "x")).out).isEqualTo("[x]\n");
        assertThat(run(elsewhere, List.of("sh", "-c", "signalbox found")).out).isEqualTo("[found]\n");
        assertThat(run(launcher.getParent(), List.of("sh", "signalbox", "y")).out)
                .isEqualTo("[y]\n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldRunOnTheNewestJdkWithEveryFlag() throws Exception {
        final Run run = run("about");
        assertThat(run.out).contains("opened sun.nio.ch.FileChannelImpl", "analytics true", "gc Copy", "locale UTF-8");
        final int feature = Integer.parseInt(run.out.replaceAll("(?s).*feature (\\d+).*", "$1"));
        assertThat(feature).isGreaterThanOrEqualTo(Runtime.version().feature());
        final int heap = Integer.parseInt(run.out.replaceAll("(?s).*heap (\\d+).*", "$1"));
        assertThat(heap).isBetween(400, 512);
        environment.put("LC_ALL", "C");
        environment.put("SIGNALBOX_JAVA_OPTS", "-Xmx100m -Dx=y");
        environment.put("JAVA_HOME", "/nowhere");
        final Run other = run("about", "ž");
        assertThat(other.out).contains("[ž]", "locale UTF-8", "heap 9");
        assertThat(other.err).isEmpty();
    }

    @Test
    void shouldCarryTheFlagsOfTheParentPom() throws Exception {
        assertThat(Files.readString(launcher)).contains(System.getProperty("signalbox.journal.opens"));
    }

    @Test
    void shouldBuildAgainWhenASourceChanges() throws Exception {
        run();
        Files.writeString(root.resolve("kernel/src/main/java/A.java"), "class A { int x; }");
        run();
        assertThat(builds()).as("a source").isEqualTo(2);
        Files.delete(root.resolve("journal/src/main/java/A.java"));
        run();
        assertThat(builds()).as("a deleted source").isEqualTo(3);
        Files.writeString(root.resolve("adapters/yaml/pom.xml"), "<project></project>");
        run();
        assertThat(builds()).as("a pom").isEqualTo(4);
        Files.createDirectories(root.resolve("bench/src/main/java"));
        Files.writeString(root.resolve("README.md"), "text");
        run();
        assertThat(builds()).as("nothing that counts").isEqualTo(4);
    }

    @Test
    void shouldBuildOnceWhenStartedTwiceAtOnce() throws Exception {
        bothBuildOnce();
    }

    @Test
    void shouldBuildOnceWhenStartedTwiceAtOnceWithoutFlock() throws Exception {
        environment.put("PATH", bin + ":" + fewTools());
        environment.put("TMPDIR", folder.toString());
        bothBuildOnce();
        try (var left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("signalbox-build-"));
        }
    }

    private void bothBuildOnce() throws Exception {
        final List<Process> both = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            both.add(start(folder, List.of(launcher.toString(), "n" + i)));
        }
        for (int i = 0; i < both.size(); i++) {
            assertThat(finish(both.get(i)).out).isEqualTo("[n" + i + "]\n");
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldShowWhatMavenSaidWhenTheBuildFails() throws Exception {
        Files.writeString(root.resolve("fail"), "");
        final Run failed = run("x");
        assertThat(failed.exitCode).isEqualTo(2);
        assertThat(failed.err).contains("[ERROR] no such symbol", "the build failed");
        assertThat(failed.out).isEmpty();
        Files.delete(root.resolve("fail"));
        assertThat(run("x").out).isEqualTo("[x]\n");
    }

    @Test
    void shouldSayThatMavenIsMissing() throws Exception {
        Files.delete(bin.resolve("mvn"));
        environment.put("PATH", fewTools().toString());
        final Run run = run("x");
        assertThat(run.exitCode).isEqualTo(2);
        assertThat(run.err).contains("Maven (mvn) was not found on PATH: install");
    }

    @Test
    void shouldLetSignalsReachTheProgram() throws Exception {
        run();
        final Process process = start(folder, List.of(launcher.toString(), "sleep"));
        try (var lines = process.inputReader(UTF_8)) {
            lines.readLine();
            assertThat(lines.readLine()).as("no shell stands between").isEqualTo("pid " + process.pid());
            process.toHandle().destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(143);
    }

    /** A folder with what the launcher needs and nothing else: neither Maven nor flock. */
    private Path fewTools() throws Exception {
        final Path tools = Files.createDirectories(folder.resolve("tools"));
        for (final String tool : List.of(
                "cat",
                "cksum",
                "cp",
                "cut",
                "dirname",
                "find",
                "head",
                "id",
                "mkdir",
                "mv",
                "readlink",
                "rm",
                "sed",
                "sleep",
                "tee")) {
            final Process which = new ProcessBuilder("sh", "-c", "command -v " + tool).start();
            final String path = new String(which.getInputStream().readAllBytes(), UTF_8).strip();
            final Path wrapper = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + path + " \"$@\"\n");
            assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        }
        return tools;
    }

    private void program(final String name, final String script) throws IOException {
        final Path program = Files.writeString(bin.resolve(name), "#!/bin/sh\nset -e\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private static void jar(final Path path) throws IOException {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, EchoMain.class.getName());
        final String name = EchoMain.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(file, manifest);
                var in = EchoMain.class.getResourceAsStream("/" + name)) {
            jar.putNextEntry(new ZipEntry(name));
            in.transferTo(jar);
            jar.closeEntry();
        }
    }

    private void makeSourcesOld() throws IOException {
        final FileTime old = FileTime.from(Instant.now().minusSeconds(3600));
        try (var all = Files.walk(root)) {
            for (final Path path : all.toList()) {
                Files.setLastModifiedTime(path, old);
            }
        }
    }

    private int builds() throws IOException {
        return Files.readAllLines(root.resolve("builds")).size();
    }

    private Run run(final String... args) throws Exception {
        final List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        return run(folder, command);
    }

    private Run run(final Path directory, final List<String> command) throws Exception {
        return finish(start(directory, command));
    }

    private Process start(final Path directory, final List<String> command) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(Files.createTempFile(folder, "err", "").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        final Process process = builder.start();
        errors.put(process, builder.redirectError().file().toPath());
        return process;
    }

    private Run finish(final Process process) throws Exception {
        final String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, Files.readString(errors.get(process)));
    }

    private record Run(int exitCode, String out, String err) {}
}
