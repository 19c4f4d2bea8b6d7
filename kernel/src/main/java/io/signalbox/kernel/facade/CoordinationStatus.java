package io.signalbox.kernel.facade;

/** How the work of all agents ended. */
public enum CoordinationStatus {
    /** Every agent completed or was left out. */
    COMPLETED,
    /** At least one agent failed. */
    FAILED,
    /** The routers ended it. */
    ENDED,
    /** The session was closed, or the thread that ran it was interrupted. */
    CANCELLED
}
