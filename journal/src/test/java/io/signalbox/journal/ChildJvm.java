package io.signalbox.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts JVMs for tests, with this JVM's class path. */
public final class ChildJvm {
    private ChildJvm() {}

    /** The JDKs of this machine that the classes must run on: the one that runs the tests, and the other ones found. */
    public static List<Path> javas() {
        final List<Path> javas = new ArrayList<>();
        javas.add(Path.of(System.getProperty("java.home"), "bin", "java"));
        final Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (var folders = Files.list(installed)) {
                folders.filter(folder -> !Files.isSymbolicLink(folder))
                        .map(folder -> folder.resolve("bin/java"))
                        .filter(java -> Files.isExecutable(java) && !isSame(java, javas.get(0)))
                        .forEach(javas::add);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return javas;
    }

    private static boolean isSame(final Path one, final Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line of a child: {@code prefix} (may be empty), the JVM, its flags, this class path, the main class. */
    public static List<String> command(
            final List<String> prefix,
            final Path java,
            final List<String> flags,
            final Class<?> main,
            final String... arguments) {
        final List<String> command = new ArrayList<>(prefix);
        command.add(java.toString());
        command.add("-Xmx256m");
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** How a child ended. */
    public record Ended(int exitCode, String out, String err) {}

    /** Run a child to its end; at most two minutes. */
    public static Ended run(final Path folder, final List<String> command) throws IOException, InterruptedException {
        final Path out = Files.createTempFile(folder, "child", ".out");
        final Path err = Files.createTempFile(folder, "child", ".err");
        final Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("A child JVM did not end: " + command + "\n" + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
