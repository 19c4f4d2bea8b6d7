package io.signalbox.kernel.workflow;

import java.util.List;

/**
 * A run at one moment.
 *
 * @param handle of the run.
 * @param coordination it belongs to.
 * @param definition its definition.
 * @param state where it stands.
 * @param startedNs kernel time of its start.
 * @param finishedNs kernel time of its end, 0 while it goes on.
 * @param inputs as given at the start.
 * @param steps in declared order.
 */
public record RunSnapshot(
        long handle,
        long coordination,
        WorkflowDefinition definition,
        RunState state,
        long startedNs,
        long finishedNs,
        byte[] inputs,
        List<StepSnapshot> steps) {
    /** The step with this id, or null. */
    public StepSnapshot step(final String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst().orElse(null);
    }
}
