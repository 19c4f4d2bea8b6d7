package io.signalbox.bench.subject;

import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.chronicle.ChronicleJournalConfig;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.WorkerTerms;
import io.signalbox.kernel.Workers;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** The graph as a workflow, deployed once, a run for each graph; its steps are done by in-process workers on an executor. */
final class KernelGraph implements GraphSubject {
    private final GraphShape shape = new GraphShape();
    private final ExecutorService executor;
    private final Path folder;
    private final Kernel kernel;
    private final Workers workers;
    private final int definition;

    KernelGraph(final ExecutorService executor, final boolean isJournaled) {
        this.executor = executor;
        folder = isJournaled ? newFolder() : null;
        kernel = isJournaled
                ? Kernel.launch(
                        KernelConfig.standard(), ChronicleJournal.open(folder, ChronicleJournalConfig.standard()))
                : Kernel.launch(KernelConfig.standard());
        workers = kernel.tasks().serve(WorkerTerms.on(executor).handleOthers(context -> {
            shape.step(context.index());
            return StepResult.success();
        }));
        final List<StepDefinition> steps = new ArrayList<>();
        for (int i = 0; i < GraphShape.STEPS; i++) {
            steps.add(StepDefinition.of(
                    "s" + i,
                    Arrays.stream(shape.needs[i]).mapToObj(need -> "s" + need).toList()));
        }
        definition = kernel.deploy(WorkflowDefinition.of("graph", steps));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "signalbox-graph");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void run() {
        shape.reset();
        final RunState end = kernel.global().start(definition, new byte[0]).await(Duration.ofSeconds(30));
        if (end != RunState.SUCCEEDED) {
            throw new IllegalStateException("expected the run to succeed within 30 s, it is " + end);
        }
    }

    @Override
    public int ran() {
        return shape.ran();
    }

    @Override
    public void close() {
        workers.close();
        kernel.close();
        executor.shutdown();
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
