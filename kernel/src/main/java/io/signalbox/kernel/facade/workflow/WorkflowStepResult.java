package io.signalbox.kernel.facade.workflow;

/**
 * What came of a step.
 *
 * @param stepId of the step.
 * @param status where it ended.
 * @param result what it produced; null when it has not succeeded.
 * @param error why it has not succeeded; of a success of an earlier process why its result was not kept, otherwise empty.
 * @param durationMs how long its last attempt worked.
 * @param retryAttempts attempts after the first.
 * @param quality of the result, 0 to 1.
 */
public record WorkflowStepResult(
        String stepId,
        WorkflowStatus status,
        Object result,
        String error,
        double durationMs,
        int retryAttempts,
        double quality) {
    /** Whether it has produced its result. */
    public boolean isSuccess() {
        return status == WorkflowStatus.COMPLETED;
    }
}
