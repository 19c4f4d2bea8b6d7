package io.signalbox.kernel.dependency;

/** Where a declared wait stands. The ordinal is the outcome byte of its cell: append only. */
public enum DependencyState {
    /** Still waiting. */
    PENDING,
    /** What was waited for is there. */
    RESOLVED,
    /** It can no longer come: the agent failed, the gate was failed, the resource was not there and waiting was not wished. */
    FAILED,
    /** The time was up. */
    EXPIRED,
    /** Given up, or the coordination closed. */
    CANCELLED;

    private static final DependencyState[] BY_ORDINAL = values();

    /** The state with this outcome byte. */
    public static DependencyState of(final int outcome) {
        return BY_ORDINAL[outcome];
    }
}
