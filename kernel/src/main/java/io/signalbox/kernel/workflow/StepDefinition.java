package io.signalbox.kernel.workflow;

import java.util.List;

/**
 * One step of a definition.
 *
 * @param id unique in its definition, not empty.
 * @param kind what makes it end.
 * @param needs ids of the steps that must have ended before this one starts; of a gate: its members.
 * @param gate what decides it, if it is a gate; else {@link Gate#NONE}.
 * @param retry how failures are tried again.
 * @param timeoutNs an attempt, a wait for an answer, or a gate that lasts longer has failed; 0 for no limit.
 * @param judgesNeeds the step decides itself what a skipped or failed need means; otherwise it is skipped or cancelled with it.
 * @param onFailure what its failure means for the rest.
 * @param compensates id of the step that this one undoes; empty for a step of the way forward. A compensation has no needs and nothing needs it.
 * @param scheduling when and where its attempts run.
 * @param payload what the worker needs to know; the kernel does not look inside. Do not change it afterwards.
 */
public record StepDefinition(
        String id,
        StepKind kind,
        List<String> needs,
        Gate gate,
        RetryPolicy retry,
        long timeoutNs,
        boolean judgesNeeds,
        OnFailure onFailure,
        String compensates,
        Scheduling scheduling,
        byte[] payload) {
    private static final byte[] EMPTY = {};

    public StepDefinition {
        needs = List.copyOf(needs);
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a step's id must not be empty");
        }
        if (timeoutNs < 0) {
            throw new IllegalArgumentException("step " + id + ": timeoutNs must not be negative: " + timeoutNs);
        }
    }

    /** A step for a worker, without retry, timeout and payload. */
    public static StepDefinition of(final String id, final String... needs) {
        return of(id, List.of(needs));
    }

    /** A step for a worker, without retry, timeout and payload. */
    public static StepDefinition of(final String id, final List<String> needs) {
        return ofKind(StepKind.TASK, id, needs, Gate.NONE);
    }

    /** A step that its members decide. */
    public static StepDefinition gate(final String id, final Gate gate, final List<String> members) {
        return ofKind(StepKind.GATE, id, members, gate);
    }

    /** A step that an answer from outside ends. */
    public static StepDefinition external(final String id, final String... needs) {
        return ofKind(StepKind.EXTERNAL, id, List.of(needs), Gate.NONE);
    }

    private static StepDefinition ofKind(
            final StepKind kind, final String id, final List<String> needs, final Gate gate) {
        return new StepDefinition(
                id, kind, needs, gate, RetryPolicy.NONE, 0, false, OnFailure.INHERIT, "", Scheduling.PLAIN, EMPTY);
    }

    StepDefinition ofKind(final StepKind kind, final Gate gate) {
        return new StepDefinition(
                id, kind, needs, gate, retry, timeoutNs, judgesNeeds, onFailure, compensates, scheduling, payload);
    }

    /** The same step with another payload. */
    public StepDefinition withPayload(final byte[] payload) {
        return new StepDefinition(
                id, kind, needs, gate, retry, timeoutNs, judgesNeeds, onFailure, compensates, scheduling, payload);
    }

    /** The same step with another retry policy. */
    public StepDefinition withRetry(final RetryPolicy retry) {
        return new StepDefinition(
                id, kind, needs, gate, retry, timeoutNs, judgesNeeds, onFailure, compensates, scheduling, payload);
    }

    /** The same step with a time limit. */
    public StepDefinition withTimeoutNs(final long timeoutNs) {
        return new StepDefinition(
                id, kind, needs, gate, retry, timeoutNs, judgesNeeds, onFailure, compensates, scheduling, payload);
    }

    /** The same step, deciding itself what a skipped or failed need means. */
    public StepDefinition judgingNeeds() {
        return new StepDefinition(
                id, kind, needs, gate, retry, timeoutNs, true, onFailure, compensates, scheduling, payload);
    }

    /** The same step with another meaning of its failure. */
    public StepDefinition withOnFailure(final OnFailure onFailure) {
        return new StepDefinition(
                id, kind, needs, gate, retry, timeoutNs, judgesNeeds, onFailure, compensates, scheduling, payload);
    }

    /** The same step as the one that undoes another. */
    public StepDefinition compensating(final String step) {
        return new StepDefinition(
                id, kind, needs, gate, retry, timeoutNs, judgesNeeds, onFailure, step, scheduling, payload);
    }

    /** The same step, scheduled otherwise. */
    public StepDefinition withScheduling(final Scheduling scheduling) {
        return new StepDefinition(
                id, kind, needs, gate, retry, timeoutNs, judgesNeeds, onFailure, compensates, scheduling, payload);
    }

    /** Whether it undoes another step. */
    public boolean isCompensation() {
        return !compensates.isEmpty();
    }
}
