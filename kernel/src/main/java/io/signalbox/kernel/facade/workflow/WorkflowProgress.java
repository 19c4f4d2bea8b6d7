package io.signalbox.kernel.facade.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a workflow is that is under way.
 *
 * @param workflowId of the workflow.
 * @param totalSteps of all stages.
 * @param endedSteps that nothing more comes of.
 * @param failedSteps of these.
 * @param stages where each stands, by number: pending, in progress, completed, failed or skipped.
 */
public record WorkflowProgress(
        String workflowId, int totalSteps, int endedSteps, int failedSteps, Map<String, WorkflowStatus> stages) {
    public WorkflowProgress {
        stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }

    /** Share of the steps that have ended, 0 to 1. */
    public double share() {
        return (double) endedSteps / totalSteps;
    }
}
