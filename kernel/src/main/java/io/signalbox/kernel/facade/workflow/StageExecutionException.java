package io.signalbox.kernel.facade.workflow;

import java.util.stream.Collectors;

/** A stage has failed, or its workflow was stopped; the whole result is there. */
public sealed class StageExecutionException extends RuntimeException permits StageTimeoutException {
    private static final long serialVersionUID = 1L;

    private final transient WorkflowResult result;
    private final transient StageResult stage;

    /** @param stage that failed; null when the workflow was stopped. */
    StageExecutionException(final WorkflowResult result, final StageResult stage) {
        super(stage == null ? "workflow '" + result.workflowId() + "' was stopped" : message(result, stage));
        this.result = result;
        this.stage = stage;
    }

    private static String message(final WorkflowResult result, final StageResult stage) {
        final String steps = stage.steps().stream()
                .filter(step -> step.status() == WorkflowStatus.FAILED)
                .map(step -> step.stepId() + " (" + step.error() + ")")
                .limit(5)
                .collect(Collectors.joining(", "));
        return "stage '" + stage.stageId() + "' of workflow '" + result.workflowId() + "' failed: " + stage.reason()
                + (steps.isEmpty() ? "" : "; failed steps: " + steps);
    }

    /** Everything, also what succeeded. */
    public WorkflowResult result() {
        return result;
    }

    /** The first stage that failed; null when the workflow was stopped. */
    public StageResult stage() {
        return stage;
    }
}
