package io.signalbox.kernel.workflow;

/**
 * How the ends of its members decide a gate. A skipped member can no longer succeed, and does not harm {@link #ALL}; neither does one that has failed and lets its
 * dependents run ({@link OnFailure#RUN_DEPENDENTS}). A gate whose members were all skipped is skipped. The ordinal stands in the definition: append only.
 */
public enum GateRule {
    /** Every member has to succeed or be skipped. On timeout: failed. */
    ALL,
    /** One success suffices; the winner is the member that succeeded first. On timeout: failed. */
    FIRST,
    /** More than half of the members declared have to succeed. On timeout: failed. */
    MAJORITY,
    /** A declared number of members has to succeed. On timeout: failed. */
    QUORUM,
    /** Succeeds when every member has ended, however. On timeout: succeeds with what has succeeded so far. */
    BEST_EFFORT,
    /**
     * The member of the best quality wins; what is below the threshold does not count, and among equals the one declared first wins. On timeout: the best so far,
     * failed when there is none.
     */
    COMPETITIVE
}
