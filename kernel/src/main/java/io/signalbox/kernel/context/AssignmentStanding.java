package io.signalbox.kernel.context;

/** How an assignment stands. The code enters the digests: append only. */
public enum AssignmentStanding {
    /** Nobody has begun it since it was given. */
    ASSIGNED,
    /** An attempt is under way. */
    RUNNING,
    /** The last completion met everything that it was judged by. */
    COMPLETED,
    /** The last completion failed: it said so itself, left something unmet, or a limit ended it. */
    FAILED
}
