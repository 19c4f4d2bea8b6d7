package io.signalbox.kernel.facade.workflow;

/** The time of a stage was up; the whole result is there. */
public final class StageTimeoutException extends StageExecutionException {
    private static final long serialVersionUID = 1L;

    StageTimeoutException(final WorkflowResult result, final StageResult stage) {
        super(result, stage);
    }
}
