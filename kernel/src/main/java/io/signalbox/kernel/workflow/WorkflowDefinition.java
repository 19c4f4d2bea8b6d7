package io.signalbox.kernel.workflow;

import java.util.List;

/**
 * A graph of steps.
 *
 * @param name what a person calls it.
 * @param concurrencyMax steps in flight at once, 0 for no limit.
 * @param onError what a failed step means for the rest.
 * @param timeoutNs a run that lasts longer is stopped and has expired; 0 for no limit.
 * @param limits what the steps of a run share.
 * @param steps in declared order, which decides among steps that are ready at once.
 * @param payload what drivers want to find again beside the definition; the kernel does not look inside.
 */
public record WorkflowDefinition(
        String name,
        int concurrencyMax,
        OnError onError,
        long timeoutNs,
        List<LimitDefinition> limits,
        List<StepDefinition> steps,
        byte[] payload) {
    private static final byte[] EMPTY = {};

    public WorkflowDefinition {
        limits = List.copyOf(limits);
        steps = List.copyOf(steps);
        if (concurrencyMax < 0) {
            throw new IllegalArgumentException("concurrencyMax must not be negative: " + concurrencyMax);
        }
        if (timeoutNs < 0) {
            throw new IllegalArgumentException("timeoutNs must not be negative: " + timeoutNs);
        }
    }

    /** A definition that fails fast and has no limits. */
    public static WorkflowDefinition of(final String name, final List<StepDefinition> steps) {
        return new WorkflowDefinition(name, 0, OnError.FAIL_FAST, 0, List.of(), steps, EMPTY);
    }

    /** The same with another number of steps in flight at once. */
    public WorkflowDefinition withConcurrencyMax(final int concurrencyMax) {
        return new WorkflowDefinition(name, concurrencyMax, onError, timeoutNs, limits, steps, payload);
    }

    /** The same with another meaning of failures. */
    public WorkflowDefinition withOnError(final OnError onError) {
        return new WorkflowDefinition(name, concurrencyMax, onError, timeoutNs, limits, steps, payload);
    }

    /** The same with a time limit. */
    public WorkflowDefinition withTimeoutNs(final long timeoutNs) {
        return new WorkflowDefinition(name, concurrencyMax, onError, timeoutNs, limits, steps, payload);
    }

    /** The same with these limits. */
    public WorkflowDefinition withLimits(final List<LimitDefinition> limits) {
        return new WorkflowDefinition(name, concurrencyMax, onError, timeoutNs, limits, steps, payload);
    }

    /** The same with another payload. */
    public WorkflowDefinition withPayload(final byte[] payload) {
        return new WorkflowDefinition(name, concurrencyMax, onError, timeoutNs, limits, steps, payload);
    }
}
