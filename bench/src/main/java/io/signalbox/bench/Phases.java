package io.signalbox.bench;

/**
 * How long a fork does what.
 *
 * @param warmUpMs unmeasured turns
 * @param timedMs turns with a time stamp before and after each
 * @param untimedMs turns with time stamps only around all of them
 * @param oneWayMs turns stamped by the sender and by the receiver; two-thread hand-offs only
 */
record Phases(long warmUpMs, long timedMs, long untimedMs, long oneWayMs) {
    static final Phases QUICK = new Phases(700, 600, 300, 200);
    static final Phases CHOICE = new Phases(500, 300, 100, 50);
    static final Phases FULL = new Phases(3_000, 4_000, 2_000, 1_000);

    /** The same with no less than this warm-up. */
    Phases warmedUpFor(final long leastMs) {
        return new Phases(Math.max(warmUpMs, leastMs), timedMs, untimedMs, oneWayMs);
    }

    long totalMs() {
        return warmUpMs + timedMs + untimedMs + oneWayMs;
    }
}
