package io.signalbox.kernel.workflow;

/** Where a run stands. The ordinal enters the state digest: append only. */
public enum RunState {
    /** Steps run or wait. */
    RUNNING,
    /** Open steps are being cancelled, because one failed. */
    FAILING,
    /** Open steps are being cancelled, because somebody asked for it. */
    CANCELLING,
    /** Open steps are being cancelled, because the run's time is up. */
    EXPIRING,
    /** What had succeeded is being undone. */
    COMPENSATING,
    /** Every step succeeded or was skipped. */
    SUCCEEDED,
    /** A step failed, and the rest was cancelled. */
    FAILED,
    /** Some steps failed, everything that could run did. */
    PARTLY_FAILED,
    /** Cancelled, or nothing failed but a worker gave its step up. */
    CANCELLED,
    /** Its time was up, and the rest was cancelled. */
    EXPIRED,
    /** A step failed, the rest was cancelled, and what had succeeded has been undone. */
    COMPENSATED;

    private static final RunState[] BY_ORDINAL = values();

    /** The state with this ordinal. */
    public static RunState of(final int ordinal) {
        return BY_ORDINAL[ordinal];
    }

    /** Whether steps may be given to workers. */
    boolean isLive() {
        return this == RUNNING || this == COMPENSATING;
    }

    /** Whether open steps are being cancelled. */
    boolean isStopping() {
        return this == FAILING || this == CANCELLING || this == EXPIRING;
    }

    /** Whether the run has ended. */
    public boolean isFinal() {
        return ordinal() >= SUCCEEDED.ordinal();
    }
}
