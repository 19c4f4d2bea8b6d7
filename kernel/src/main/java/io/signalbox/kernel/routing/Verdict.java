package io.signalbox.kernel.routing;

/**
 * What the machine decided, as the one number that it answers. Not negative.
 *
 * <pre>
 *  bits  0..2       3..7     8           9..12   13..20    21..62
 *       | decision | winner | exhausted | given | retries | number |
 * </pre>
 */
public final class Verdict {
    /** {@link #winner}: nobody had an opinion. */
    public static final int NOBODY = 31;

    /** Most opinions that may have been given beforehand. */
    public static final int GIVEN_MAX = 15;

    /** Most retries that may be allowed. */
    public static final int RETRIES_MAX = 255;

    /** Most decisions of one coordination. */
    public static final long NUMBER_MAX = (1L << 42) - 1;

    private Verdict() {}

    static long of(
            final RoutingDecision decision,
            final int winner,
            final boolean isExhausted,
            final int given,
            final int retries,
            final long number) {
        return decision.code()
                | (long) winner << 3
                | (isExhausted ? 1L << 8 : 0)
                | (long) given << 9
                | (long) retries << 13
                | number << 21;
    }

    /** What was decided. */
    public static RoutingDecision decision(final long verdict) {
        return RoutingDecision.of((int) verdict & 7);
    }

    /** Index of the opinion that decided: first those of the command, then those given beforehand; or {@link #NOBODY}. */
    public static int winner(final long verdict) {
        return (int) (verdict >>> 3) & 31;
    }

    /** Whether a retry was wanted and none was left. */
    public static boolean isExhausted(final long verdict) {
        return (verdict & 1L << 8) != 0;
    }

    /** Opinions that were given beforehand and counted. */
    public static int given(final long verdict) {
        return (int) (verdict >>> 9) & 15;
    }

    /** Retries of the task in a row, this decision included. */
    public static int retries(final long verdict) {
        return (int) (verdict >>> 13) & 255;
    }

    /** Number of the decision in its coordination, from 1. */
    public static long number(final long verdict) {
        return verdict >>> 21;
    }
}
