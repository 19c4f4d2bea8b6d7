package io.signalbox.kernel.workflow;

/** What becomes of the members of a gate that can no longer change its decision. The ordinal stands in the definition: append only. */
public enum Superfluous {
    /** The gate ends at once and they are cancelled. */
    CANCEL,
    /** The gate ends when they have ended. */
    AWAIT,
    /** The gate ends at once and they go on. */
    LEAVE
}
