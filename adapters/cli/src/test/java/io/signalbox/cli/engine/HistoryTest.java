package io.signalbox.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.chronicle.ChronicleJournalConfig;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.yaml.WorkflowFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class HistoryTest {
    /** Its look at the beginning, and one after each command that is about it: assigned, started, ended, and some between. */
    private static final int LOOKS_OF_A_STEP_MAX = 5;

    @TempDir
    private Path data;

    @Test
    void shouldLookAtEachStepAFewTimesHoweverManyThereAre() throws Exception {
        final int count = 2_000;
        final History history = History.of(run(count));
        assertThat(history.looks()).isBetween(3L * count, (long) LOOKS_OF_A_STEP_MAX * count);
        assertThat(history.entries().stream()
                        .flatMap(entry -> entry.changes().stream())
                        .filter(change -> change.endsWith(" succeeded"))
                        .count())
                .as("each step, and the run")
                .isEqualTo(count + 1);
        assertThat(history.entries().get(0).changes()).contains("run started");
        assertThat(history.entries().get(history.entries().size() - 1).changes())
                .contains("run succeeded");
    }

    @Test
    void shouldFindTheRangeWithoutALook() throws Exception {
        final RunFolder folder = run(20);
        final History range = History.range(folder);
        assertThat(range.looks()).isZero();
        assertThat(range.entries()).isEmpty();
        assertThat(range.first()).isEqualTo(History.of(folder).entries().get(0).position());
        assertThat(range.last()).isEqualTo(History.of(folder).last());
    }

    /** Chains of ten, every step carried out by nobody, one after the other. */
    private RunFolder run(final int count) throws Exception {
        final StringBuilder text = new StringBuilder("concurrency: 4\nsteps:\n");
        for (int i = 0; i < count; i++) {
            text.append("  - {id: s").append(i).append(", run: 'true'");
            text.append(i % 10 == 0 ? "" : ", needs: s" + (i - 1)).append("}\n");
        }
        final Path file = data.resolve("many.yaml");
        Files.writeString(file, text);
        final RunDefinition definition =
                new RunDefinition(WorkflowFiles.load(file), file, JsonNodeFactory.instance.objectNode());
        final RunFolder folder = RunFolder.create(data, Clock.systemUTC(), new Random(1));
        final KernelConfig config =
                KernelConfig.standard().withRingCapacity(1024).withLimits(KernelEngine.LIMITS);
        try (Kernel kernel =
                Kernel.launch(config, ChronicleJournal.open(folder.journal(), ChronicleJournalConfig.small()))) {
            kernel.coordination(KernelEngine.COORDINATION).start(kernel.deploy(definition.toKernel()), new byte[0]);
            for (int done = 0; done < count; done++) {
                final Tasks.Task task = (Tasks.Task) kernel.tasks().take(20, TimeUnit.SECONDS);
                kernel.tasks().start(task, new byte[0]);
                kernel.tasks().finish(task, StepEnding.SUCCEEDED, 0, new byte[0], new byte[0]);
            }
        }
        return folder;
    }
}
