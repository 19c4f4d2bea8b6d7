package io.signalbox.kernel.routing;

/** What a router counts for that threw, or gave no opinion. Its failure is recorded either way. */
public enum FailingRouter {
    /** An opinion of {@link RoutingDecision#ERROR} with full confidence. */
    COUNTS_AS_ERROR,
    /** Nothing. */
    ABSTAINS;

    /** Number in the journal, from 0. */
    public int code() {
        return ordinal();
    }

    /** The setting with this code, or null. */
    public static FailingRouter of(final int code) {
        return code == 0 ? COUNTS_AS_ERROR : code == 1 ? ABSTAINS : null;
    }
}
