package io.signalbox.kernel.facade.workflow;

import java.util.stream.Collectors;

/** Parallel nodes did not satisfy their strategy; the whole result is there. */
public final class ParallelExecutionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ParallelResult result;

    ParallelExecutionException(final ParallelResult result) {
        super("strategy " + result.strategy() + " "
                + (result.isTimedOut()
                        ? "was not satisfied in time"
                        : result.status() == WorkflowStatus.CANCELLED ? "was cancelled" : "was not satisfied")
                + ": "
                + result.nodes().stream()
                        .map(node -> node.stepId() + " " + StageTelling.word(node.status())
                                + (node.error().isEmpty() ? "" : " (" + node.error() + ")"))
                        .limit(10)
                        .collect(Collectors.joining(", ")));
        this.result = result;
    }

    /** Everything, also what succeeded. */
    public ParallelResult result() {
        return result;
    }
}
