package io.signalbox.kernel.board;

/** Where a task of a board stands. */
public enum TaskStatus {
    /** Waits for others, or for somebody who does it. */
    PENDING,
    /** Somebody does it. */
    RUNNING,
    /** Done. */
    COMPLETED,
    /** Somebody has given it up. */
    FAILED,
    /** Can no longer be done: something that it needs has failed. */
    CANCELLED;

    /** Whether it has ended. */
    public boolean hasEnded() {
        return ordinal() >= COMPLETED.ordinal();
    }

    /** Whether it has ended and was not done. */
    public boolean isLost() {
        return ordinal() > COMPLETED.ordinal();
    }
}
