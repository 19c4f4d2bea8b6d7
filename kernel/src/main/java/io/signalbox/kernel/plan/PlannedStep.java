package io.signalbox.kernel.plan;

import io.signalbox.kernel.workflow.StepDefinition;

/**
 * One step of a plan.
 *
 * @param definition of the step.
 * @param wave from 1: 1 more than the steps on the longest path to it; 0 for a compensation, which runs only to undo.
 * @param startNs when it is expected to start, from the start of the run.
 * @param endNs when it is expected to end.
 * @param isCritical whether a longer time of it makes the whole longer, however many places there are.
 */
public record PlannedStep(StepDefinition definition, int wave, long startNs, long endNs, boolean isCritical) {
    /** Its id. */
    public String id() {
        return definition.id();
    }
}
