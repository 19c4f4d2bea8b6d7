package io.signalbox.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.journal.chronicle.CrashImages.Image;
import io.signalbox.journal.chronicle.FlowFacts.Happened;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each pattern runs on a journal on disk. From what a kill would leave after each commit, and in the middle of each, a kernel goes on: it comes to the same results,
 * and over both lives everything is released once.
 */
class FlowCrashTest {
    @TempDir
    private Path folder;

    static Stream<String> patterns() {
        return FlowScripts.all().stream().map(WorkflowDefinition::name);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void shouldComeToTheSameWhereverItIsKilled(final String name) {
        final WorkflowDefinition pattern = pattern(name);
        final Path whole = folder.resolve("whole");
        final CrashImages journal = new CrashImages(whole);
        final String results = ScriptedKernel.results(lived(journal, pattern));
        final Map<String, Integer> times = happened(whole).times;
        final List<Image> images = journal.images();
        assertThat(images).as("a commit for each command").hasSizeGreaterThan(10);
        final Random random = new Random(name.hashCode());
        int torn = 0;
        for (int i = 0; i < images.size(); i++) {
            final Image image = images.get(i);
            final Path killed = image.into(folder.resolve("killed-" + i));
            requireTheSame(killed, pattern, results, times, "killed after " + image.position());
            if (i + 1 < images.size()) {
                final Path cut = image.into(folder.resolve("torn-" + i));
                final int at = image.tear(cut, images.get(i + 1), random);
                torn += at < 0 ? 0 : 1;
                requireTheSame(cut, pattern, results, times, "torn after " + image.position() + " at byte " + at);
            }
        }
        assertThat(torn).as("documents torn").isGreaterThan(images.size() - 5);
    }

    private static WorkflowDefinition pattern(final String name) {
        return FlowScripts.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A life to the end; the run it has then. */
    private static RunSnapshot lived(final Journal journal, final WorkflowDefinition pattern) {
        try (ScriptedKernel kernel = new ScriptedKernel(journal)) {
            if (kernel.runs().isEmpty()) {
                kernel.start(pattern);
            }
            final List<RunSnapshot> ended = new ArrayList<>();
            kernel.toTheEnd(ended::add);
            assertThat(ended.size()).isLessThanOrEqualTo(1);
            assertThat(kernel.runs()).hasSize(1);
            return kernel.runs().get(0);
        }
    }

    private static Happened happened(final Path journal) {
        final Map<Long, Happened> runs = FlowFacts.of(journal);
        assertThat(runs).hasSize(1);
        return runs.values().iterator().next();
    }

    private static void requireTheSame(
            final Path journal,
            final WorkflowDefinition pattern,
            final String results,
            final Map<String, Integer> times,
            final String what) {
        final RunSnapshot end = lived(ChronicleJournal.open(journal, CrashImages.CONFIG), pattern);
        final Map<String, Integer> timesNow = happened(journal).times;
        if (FlowScripts.isRace(pattern)) {
            requireAllowed(end, what);
            assertThat(timesNow)
                    .as(what)
                    .allSatisfy((fact, count) -> assertThat(count).as(fact).isEqualTo(1));
        } else {
            assertThat(ScriptedKernel.results(end)).as(what).isEqualTo(results);
            assertThat(timesNow).as(what).isEqualTo(times);
        }
    }

    /** The winner has succeeded, and nobody who has was better. */
    static void requireAllowed(final RunSnapshot end, final String what) {
        assertThat(end.state()).as(what).isEqualTo(RunState.SUCCEEDED);
        assertThat(end.step("next").state()).as(what).isEqualTo(StepState.SUCCEEDED);
        final int winner =
                end.steps().stream().mapToInt(StepSnapshot::winner).max().orElseThrow();
        final StepSnapshot best = end.steps().get(winner);
        assertThat(best.state()).as(what).isEqualTo(StepState.SUCCEEDED);
        assertThat(end.steps().stream()
                        .filter(step -> step.id().length() == 1 && step.state() == StepState.SUCCEEDED)
                        .mapToDouble(StepSnapshot::quality))
                .as(what)
                .allMatch(quality -> quality <= best.quality());
    }
}
