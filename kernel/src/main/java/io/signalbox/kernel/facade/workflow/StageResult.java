package io.signalbox.kernel.facade.workflow;

import java.util.List;

/**
 * What came of a stage.
 *
 * @param stageId of the stage.
 * @param stageNumber of the stage.
 * @param stageName of the stage.
 * @param status completed when all its steps succeeded or had nothing to do, skipped when it did not begin, failed otherwise.
 * @param reason why it has not completed; empty when it has.
 * @param isTimedOut whether its time was up.
 * @param steps in declared order.
 * @param durationMs from its begin to its end, by kernel time.
 * @param speedupRatio the times of its steps, added, by its own; 1 when it took no time.
 */
public record StageResult(
        String stageId,
        int stageNumber,
        String stageName,
        WorkflowStatus status,
        String reason,
        boolean isTimedOut,
        List<WorkflowStepResult> steps,
        double durationMs,
        double speedupRatio) {
    public StageResult {
        steps = List.copyOf(steps);
    }

    /** Number of its steps. */
    public int totalSteps() {
        return steps.size();
    }

    /** Steps that have succeeded. */
    public int successfulSteps() {
        return count(WorkflowStatus.COMPLETED);
    }

    /** Steps that have failed. */
    public int failedSteps() {
        return count(WorkflowStatus.FAILED);
    }

    private int count(final WorkflowStatus status) {
        return (int) steps.stream().filter(step -> step.status() == status).count();
    }

    /** Whether it has ended well. */
    public boolean isSuccess() {
        return status == WorkflowStatus.COMPLETED;
    }

    /** The times of its steps, added. */
    public double sequentialMs() {
        return steps.stream().mapToDouble(WorkflowStepResult::durationMs).sum();
    }
}
