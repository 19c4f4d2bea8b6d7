package io.signalbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.RingBuffer;
import io.signalbox.docs.Documents.Block;
import io.signalbox.kernel.Kernel;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.SpscUnboundedVarHandleArrayQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles and runs what the documents show. {@code java Name.java} is a whole program; the next block is what it prints; it runs
 * with the kernel's class path and no flag, or, marked {@code journal}, with the journal's. A plain {@code java} block is compiled as
 * the body of a method. {@code sh runnable} is executed, with this build in the place of the launcher.
 */
class ProgramsTest {
    private static final String FRAME = """
            import io.signalbox.journal.chronicle.*;
            import io.signalbox.journal.replay.*;
            import io.signalbox.kernel.*;
            import io.signalbox.kernel.machine.*;
            import io.signalbox.kernel.port.*;
            import io.signalbox.kernel.wait.*;
            import io.signalbox.kernel.workflow.*;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.TimeUnit;

            class Fragment {
                void fragment(final Kernel kernel, final Coordination build, final Path folder) throws Exception {
            %s
                }
            }
            """;

    @TempDir
    Path directory;

    static List<Block> programs() {
        return blocks("java").filter(block -> block.info().contains(".java")).toList();
    }

    static List<Block> fragments() {
        return blocks("java").filter(block -> block.info().equals("java")).toList();
    }

    static List<Block> runnables() {
        return blocks("sh").filter(block -> block.info().equals("sh runnable")).toList();
    }

    private static Stream<Block> blocks(final String language) {
        return Documents.ofTheCode().stream()
                .flatMap(document -> Documents.blocks(document).stream())
                .filter(block -> block.language().equals(language));
    }

    @Test
    void shouldKnowWhatEachBlockIs() {
        assertThat(programs()).isNotEmpty();
        assertThat(runnables()).isNotEmpty();
        assertThat(Documents.ofTheCode().stream().flatMap(document -> Documents.blocks(document).stream()))
                .extracting(Block::info)
                .allMatch(info -> info.matches("java( [A-Za-z]+\\.java( journal)?)?|sh( runnable)?|text|xml|python"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldCompileAndPrintWhatTheDocumentSays(final Block program) throws IOException, InterruptedException {
        final String[] info = program.info().split(" ");
        final boolean journal = info.length == 3;
        final String classPath = journal ? System.getProperty("java.class.path") : kernelClassPath();
        compile(info[1], program.text(), classPath);

        final List<String> command = new ArrayList<>(List.of(java()));
        if (journal) {
            command.addAll(List.of(System.getProperty("signalbox.journal.opens").split(" ")));
        }
        command.addAll(
                List.of("-cp", directory + File.pathSeparator + classPath, info[1].substring(0, info[1].indexOf('.'))));
        final Path errors = directory.resolve("errors.txt");
        final String printed = run(command, errors);

        final List<Block> all = Documents.blocks(program.place().document());
        assertThat(printed).isEqualTo(all.get(all.indexOf(program) + 1).text());
        if (!journal) {
            assertThat(errors).as("nothing on standard error").isEmptyFile();
        }
    }

    @ParameterizedTest
    @MethodSource("fragments")
    void shouldCompileEveryFragment(final Block fragment) throws IOException {
        compile("Fragment.java", FRAME.formatted(fragment.text()), System.getProperty("java.class.path"));
    }

    @ParameterizedTest
    @MethodSource("runnables")
    void shouldExecuteWhatIsMarkedAsRunnable(final Block block) throws IOException, InterruptedException {
        final String function = "signalbox_of_this_build() { '" + java() + "' "
                + System.getProperty("signalbox.journal.opens") + " -cp '" + System.getProperty("java.class.path")
                + "' io.signalbox.cli.Main \"$@\"; }\n";
        final Path script = Files.writeString(
                directory.resolve("script.sh"),
                function + block.text().replace("adapters/cli/signalbox", "signalbox_of_this_build"));
        final String printed = run(List.of("/bin/sh", "-e", script.toString()), directory.resolve("errors.txt"));
        final List<Block> all = Documents.blocks(block.place().document());
        final int next = all.indexOf(block) + 1;
        if (next < all.size() && all.get(next).info().equals("text")) {
            assertThat(printed)
                    .containsSubsequence(all.get(next)
                            .text()
                            .lines()
                            .filter(line -> !line.isBlank() && !line.strip().equals("..."))
                            .toList());
        }
    }

    private String run(final List<String> command, final Path errors) throws IOException, InterruptedException {
        final Path output = directory.resolve("output.txt");
        final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        final String printed = Files.readString(output);
        assertThat(process.exitValue())
                .as("%s%n%s", printed, Files.readString(errors))
                .isZero();
        return printed;
    }

    private void compile(final String name, final String text, final String classPath) throws IOException {
        final Path source = Files.writeString(directory.resolve(name), text);
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            final boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "--release",
                                    "17",
                                    "-proc:none",
                                    "-Xlint:all,-path,-options,-processing,-try",
                                    "-Werror",
                                    "-d",
                                    directory.toString(),
                                    "-cp",
                                    classPath),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s", messages).isTrue();
        }
    }

    private static String kernelClassPath() {
        return Stream.of(
                        Kernel.class,
                        RingBuffer.class,
                        DirectBuffer.class,
                        com.google.re2j.Pattern.class,
                        SpscUnboundedVarHandleArrayQueue.class,
                        MessagePassingQueue.class,
                        Histogram.class)
                .map(type -> new File(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
