package io.signalbox.journal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.journal.ChildJvm;
import io.signalbox.kernel.facade.workflow.ParallelStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of workflows of functions of every kind; another process goes on with all of them, to the results of an undisturbed one. */
@Timeout(180)
class KilledWorkflowsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldGoOnWithWorkflowsOfAKilledProcess() throws Exception {
        final List<String> undisturbed = lines(folder.resolve("undisturbed"));
        final List<String> before = killed(folder.resolve("killed"));
        final List<String> after = lines(folder.resolve("killed"));

        assertThat(starting("result ", before)).isEmpty();
        assertThat(starting("result ", after))
                .isEqualTo(starting("result ", undisturbed))
                .hasSize(ParallelStrategy.values().length + 5);
        final Set<String> twice = starting("ran ", before);
        twice.retainAll(starting("ran ", after));
        assertThat(twice).as("was under way when the process died").allMatch(ran -> isSecond(ran), "a second step");
        assertThat(twice).hasSize(ParallelStrategy.values().length + 5);
        final Set<String> ran = starting("ran ", before);
        ran.addAll(starting("ran ", after));
        assertThat(ran).isEqualTo(starting("ran ", undisturbed));
    }

    private static boolean isSecond(final String ran) {
        return ran.endsWith("second") || ran.endsWith("validator_order");
    }

    private static Set<String> starting(final String with, final List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(with)).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> lines(final Path journal) throws IOException, InterruptedException {
        final ChildJvm.Ended child = ChildJvm.run(folder, command(journal, false));
        assertThat(child.exitCode()).as(child.err()).isZero();
        return child.out().lines().toList();
    }

    /** What was said until everything was halfway; then it is dead. */
    private static List<String> killed(final Path journal) throws IOException {
        final Process child = new ProcessBuilder(command(journal, true))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = child.inputReader()) {
            final Stream.Builder<String> said = Stream.builder();
            String line = out.readLine();
            while (line != null && !line.equals("halfway")) {
                said.add(line);
                line = out.readLine();
            }
            final List<String> lines = said.build().toList();
            assertThat(line).as("%s", lines).isEqualTo("halfway");
            return lines;
        } finally {
            child.destroyForcibly().onExit().join();
        }
    }

    private static List<String> command(final Path journal, final boolean waits) {
        return ChildJvm.command(
                List.of(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.of(System.getProperty("signalbox.journal.opens").split(" ")),
                WorkflowsChild.class,
                journal.toString(),
                Boolean.toString(waits));
    }
}
