package io.signalbox.kernel.workflow;

/** Where a step of a run stands. The ordinal enters the state digest: append only. */
public enum StepState {
    /** Waits for steps it needs. */
    PENDING,
    /** Waits for a free place. */
    READY,
    /** Offered to the workers. */
    ASSIGNED,
    /** A worker has announced that it starts. */
    STARTED,
    /** Waits for the end of the pause before the next attempt; holds no place. */
    BACKING_OFF,
    /** Waits for an answer from outside, or for the run that it started; holds no place. */
    WAITING,
    /** Would undo another step, which nobody has asked for. */
    DORMANT,
    /** Done. */
    SUCCEEDED,
    /** Its condition said no, or a step it needs was skipped. */
    SKIPPED,
    /** Out of attempts, or failed for good. */
    FAILED,
    /** Will not run: the run stops, or a step it needs failed. */
    CANCELLED;

    private static final StepState[] BY_ORDINAL = values();

    /** The state with this ordinal. */
    public static StepState of(final int ordinal) {
        return BY_ORDINAL[ordinal];
    }

    /** Whether a worker has the step now. */
    public boolean isInFlight() {
        return this == ASSIGNED || this == STARTED;
    }

    /** Whether the step has ended. */
    public boolean isFinal() {
        return ordinal() >= SUCCEEDED.ordinal();
    }
}
