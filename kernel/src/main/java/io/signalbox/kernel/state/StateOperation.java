package io.signalbox.kernel.state;

/** How a version of a scope came about. The ordinal enters digests: append only. */
public enum StateOperation {
    /** The scope was opened: version 0. */
    OPEN,
    /** One key was set. */
    SET,
    /** One key was deleted. */
    DELETE,
    /** Several keys were changed at once. */
    UPDATE,
    /** Every key was deleted. */
    CLEAR,
    /** A value was merged into one key by the key's rule. */
    MERGE,
    /** The scope was brought back to what an earlier version held. */
    ROLLBACK
}
