package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.workflow.RunSummary;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a run of functions was started as; the same goes on with it. */
public enum WorkKind {
    /** Tasks of a {@link DependencyAwareScheduler}. */
    TASKS("execution-"),
    /** A workflow of a {@link StagedParallelExecutor}. */
    STAGES(""),
    /** Nodes of a {@link ParallelNodeCoordinator}. */
    NODES("parallel-"),
    /** A composition of a {@link CompositionWorkflow}. */
    COMPOSITION("");

    private final String prefix;

    WorkKind(final String prefix) {
        this.prefix = prefix;
    }

    /** Id of an execution: the name where its kind has names, else made of the run. */
    String executionId(final long run) {
        return prefix + Long.toHexString(run);
    }

    /** As its id is told to people. */
    String executionId(final RunSummary run, final RunTicket ticket) {
        return prefix.isEmpty() ? ticket.name() : executionId(run.handle());
    }

    /** As it is written down. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind that is written so. */
    static Optional<WorkKind> find(final String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
