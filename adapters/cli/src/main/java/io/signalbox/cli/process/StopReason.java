package io.signalbox.cli.process;

/** Why a running attempt is stopped. */
public enum StopReason {
    /** Its timeout is over. */
    TIMEOUT,
    /** The workflow no longer needs it. */
    CANCELLED,
    /** The run itself is stopped. */
    RUN_STOPPED
}
