package io.signalbox.kernel.workflow;

/**
 * What does not change about a run, and where it stands at one moment.
 *
 * @param handle of the run.
 * @param coordination it belongs to.
 * @param definition id under which its definition was deployed; may have been given again since.
 * @param plan that it follows.
 * @param state where it stands.
 * @param startedNs kernel time of its start.
 * @param inputs as given at the start; not to be changed.
 */
public record RunSummary(
        long handle,
        long coordination,
        int definition,
        WorkflowPlan plan,
        RunState state,
        long startedNs,
        byte[] inputs) {}
