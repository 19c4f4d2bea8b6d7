package io.signalbox.kernel.workflow;

import java.util.List;

/**
 * One step of a definition.
 *
 * @param id unique in its definition, not empty.
 * @param needs ids of the steps that must have ended before this one starts.
 * @param retry how failures are tried again.
 * @param timeoutNs an attempt that lasts longer has failed; 0 for no limit.
 * @param judgesNeeds the step decides itself what a skipped or failed need means; otherwise it is skipped or cancelled with it.
 * @param payload what the worker needs to know; the kernel does not look inside. Do not change it afterwards.
 */
public record StepDefinition(
        String id, List<String> needs, RetryPolicy retry, long timeoutNs, boolean judgesNeeds, byte[] payload) {
    public StepDefinition {
        needs = List.copyOf(needs);
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a step's id must not be empty");
        }
        if (timeoutNs < 0) {
            throw new IllegalArgumentException("step " + id + ": timeoutNs must not be negative: " + timeoutNs);
        }
    }

    /** A step without retry, timeout and payload. */
    public static StepDefinition of(final String id, final String... needs) {
        return new StepDefinition(id, List.of(needs), RetryPolicy.NONE, 0, false, new byte[0]);
    }

    /** The same step with another payload. */
    public StepDefinition withPayload(final byte[] payload) {
        return new StepDefinition(id, needs, retry, timeoutNs, judgesNeeds, payload);
    }

    /** The same step with another retry policy. */
    public StepDefinition withRetry(final RetryPolicy retry) {
        return new StepDefinition(id, needs, retry, timeoutNs, judgesNeeds, payload);
    }

    /** The same step with a time limit. */
    public StepDefinition withTimeoutNs(final long timeoutNs) {
        return new StepDefinition(id, needs, retry, timeoutNs, judgesNeeds, payload);
    }

    /** The same step, deciding itself what a skipped or failed need means. */
    public StepDefinition judgingNeeds() {
        return new StepDefinition(id, needs, retry, timeoutNs, true, payload);
    }
}
