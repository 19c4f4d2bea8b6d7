package io.signalbox.kernel.facade.workflow;

/**
 * What an executor has done so far.
 *
 * @param totalWorkflows that have ended.
 * @param successfulWorkflows of them.
 * @param totalStages of them.
 * @param totalSteps of their stages that began.
 * @param successfulSteps of these.
 * @param avgWorkflowDurationMs mean; 0 before the first.
 * @param avgSpeedup mean; 0 before the first.
 * @param activeWorkflows under way.
 */
public record WorkflowStatistics(
        long totalWorkflows,
        long successfulWorkflows,
        long totalStages,
        long totalSteps,
        long successfulSteps,
        double avgWorkflowDurationMs,
        double avgSpeedup,
        int activeWorkflows) {
    static final WorkflowStatistics NONE = new WorkflowStatistics(0, 0, 0, 0, 0, 0, 0, 0);

    WorkflowStatistics plus(final WorkflowResult result) {
        return new WorkflowStatistics(
                totalWorkflows + 1,
                successfulWorkflows + (result.isSuccess() ? 1 : 0),
                totalStages + result.totalStages(),
                totalSteps + result.totalSteps(),
                successfulSteps + result.successfulSteps(),
                mean(avgWorkflowDurationMs, result.totalDurationMs()),
                mean(avgSpeedup, result.overallSpeedup()),
                0);
    }

    private double mean(final double before, final double now) {
        return before + (now - before) / (totalWorkflows + 1);
    }

    WorkflowStatistics withActive(final int active) {
        return new WorkflowStatistics(
                totalWorkflows,
                successfulWorkflows,
                totalStages,
                totalSteps,
                successfulSteps,
                avgWorkflowDurationMs,
                avgSpeedup,
                active);
    }
}
