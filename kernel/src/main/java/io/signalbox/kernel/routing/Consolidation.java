package io.signalbox.kernel.routing;

/** How several opinions become one decision. The code enters the journal: append only. */
public enum Consolidation {
    /**
     * The most severe decision, in the order of {@link RoutingDecision}. Among equal decisions the most confident opinion, then the
     * one of the router declared first.
     */
    SEVERITY,
    /** The highest confidence times weight; among equal ones the router declared first. */
    WEIGHTED;

    /** Number in the journal, from 0. */
    public int code() {
        return ordinal();
    }

    /** The policy with this code, or null. */
    public static Consolidation of(final int code) {
        return code == 0 ? SEVERITY : code == 1 ? WEIGHTED : null;
    }
}
