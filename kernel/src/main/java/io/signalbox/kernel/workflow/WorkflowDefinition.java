package io.signalbox.kernel.workflow;

import java.util.List;

/**
 * A graph of steps.
 *
 * @param name what a person calls it.
 * @param concurrencyMax steps in flight at once, 0 for no limit.
 * @param onError what a failed step means for the rest.
 * @param steps in declared order, which decides among steps that are ready at once.
 * @param payload what drivers want to find again beside the definition; the kernel does not look inside.
 */
public record WorkflowDefinition(
        String name, int concurrencyMax, OnError onError, List<StepDefinition> steps, byte[] payload) {
    public WorkflowDefinition {
        steps = List.copyOf(steps);
        if (concurrencyMax < 0) {
            throw new IllegalArgumentException("concurrencyMax must not be negative: " + concurrencyMax);
        }
    }

    /** A definition that fails fast and has no limit of concurrency. */
    public static WorkflowDefinition of(final String name, final List<StepDefinition> steps) {
        return new WorkflowDefinition(name, 0, OnError.FAIL_FAST, steps, new byte[0]);
    }
}
