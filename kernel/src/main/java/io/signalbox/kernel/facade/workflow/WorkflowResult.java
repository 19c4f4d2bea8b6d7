package io.signalbox.kernel.facade.workflow;

import java.time.Instant;
import java.util.List;

/**
 * What came of a workflow.
 *
 * @param workflowId of the workflow.
 * @param workflowName of the workflow.
 * @param run handle of the run in the kernel.
 * @param status failed when any stage failed or its time was up, cancelled when it was stopped from outside, completed otherwise.
 * @param isTimedOut whether the time of the whole workflow was up.
 * @param stages by number.
 * @param totalDurationMs from start to end, by kernel time.
 * @param overallSpeedup the times of all steps, added, by its own; 1 when it took no time.
 * @param startedAt kernel time of its start.
 * @param endedAt kernel time of its end.
 */
public record WorkflowResult(
        String workflowId,
        String workflowName,
        long run,
        WorkflowStatus status,
        boolean isTimedOut,
        List<StageResult> stages,
        double totalDurationMs,
        double overallSpeedup,
        Instant startedAt,
        Instant endedAt) {
    public WorkflowResult {
        stages = List.copyOf(stages);
    }

    /** Whether no stage failed and nobody stopped it. */
    public boolean isSuccess() {
        return status == WorkflowStatus.COMPLETED;
    }

    /**
     * The result, or what went wrong as an exception.
     *
     * @throws StageTimeoutException when a stage's time was up.
     * @throws StageExecutionException when a stage failed otherwise, or the workflow was stopped.
     */
    public WorkflowResult orThrow() {
        for (final StageResult stage : stages) {
            if (stage.status() == WorkflowStatus.FAILED) {
                throw stage.isTimedOut()
                        ? new StageTimeoutException(this, stage)
                        : new StageExecutionException(this, stage);
            }
        }
        if (!isSuccess()) {
            throw new StageExecutionException(this, null);
        }
        return this;
    }

    /** Number of stages. */
    public int totalStages() {
        return stages.size();
    }

    /** Stages that have completed. */
    public int successfulStages() {
        return count(WorkflowStatus.COMPLETED);
    }

    /** Stages that have failed. */
    public int failedStages() {
        return count(WorkflowStatus.FAILED);
    }

    /** Stages that did not begin. */
    public int skippedStages() {
        return count(WorkflowStatus.SKIPPED);
    }

    private int count(final WorkflowStatus status) {
        return (int) stages.stream().filter(stage -> stage.status() == status).count();
    }

    /** Steps of the stages that began. */
    public int totalSteps() {
        return stages.stream()
                .filter(stage -> stage.status() != WorkflowStatus.SKIPPED)
                .mapToInt(StageResult::totalSteps)
                .sum();
    }

    /** Steps that have succeeded. */
    public int successfulSteps() {
        return stages.stream().mapToInt(StageResult::successfulSteps).sum();
    }

    /** Steps that have failed. */
    public int failedSteps() {
        return stages.stream().mapToInt(StageResult::failedSteps).sum();
    }

    /** Share of the steps that have succeeded among those of the stages that began; 0 when none began. */
    public double successRate() {
        return totalSteps() == 0 ? 0 : (double) successfulSteps() / totalSteps();
    }

    /** Share of the stages that have completed. */
    public double stageSuccessRate() {
        return (double) successfulStages() / totalStages();
    }

    /** The stage with this id; null when there is none. */
    public StageResult stage(final String stageId) {
        return stages.stream()
                .filter(stage -> stage.stageId().equals(stageId))
                .findFirst()
                .orElse(null);
    }

    /** The step with this id; null when there is none. */
    public WorkflowStepResult step(final String stepId) {
        return stages.stream()
                .flatMap(stage -> stage.steps().stream())
                .filter(step -> step.stepId().equals(stepId))
                .findFirst()
                .orElse(null);
    }
}
