package io.signalbox.kernel.context;

import io.signalbox.kernel.event.Fact;

/** The small numbers beside INTELLIGENCE_UPDATED: which kind, how it is merged, whether versions rise. */
public final class ContextFacts {
    private static final int DEEP = 1 << 8;
    private static final int INCREMENTS = 1 << 9;

    private ContextFacts() {}

    static int extra(final int kind, final boolean isDeep, final boolean increments) {
        return kind | (isDeep ? DEEP : 0) | (increments ? INCREMENTS : 0);
    }

    /** Code of the kind. */
    public static int kind(final Fact fact) {
        return fact.extra() & 0xFF;
    }

    /** Whether nested maps are merged. */
    public static boolean isDeep(final Fact fact) {
        return (fact.extra() & DEEP) != 0;
    }

    /** Whether the versions of the agents reached rise. */
    public static boolean increments(final Fact fact) {
        return (fact.extra() & INCREMENTS) != 0;
    }
}
