package io.signalbox.kernel.recovery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps away from what fails: after so many failures in a row it is open, and nothing is tried; after a time one trial is allowed, and
 * what comes of it closes it or opens it again. Any thread.
 */
public final class CircuitBreaker {
    /** Failures in a row that open it, unless said otherwise. */
    public static final int FAILURES_NORMAL = 5;

    /** How long it is open unless said otherwise. */
    public static final Duration OPEN_TIME_NORMAL = Duration.ofSeconds(60);

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    /** How it stands. */
    public enum State {
        /** Everything is tried. */
        CLOSED,
        /** Nothing is tried. */
        OPEN,
        /** One trial is allowed. */
        HALF_OPEN
    }

    private final int failuresMax;
    private final long openNs;
    private final LongSupplier nowNs;
    private int failures;
    private boolean isOpen;
    private boolean isTrialOut;
    private long sinceNs; // when it was opened, or when the trial was allowed

    /**
     * A closed one.
     *
     * @param failuresMax failures in a row that open it, 1 at least.
     * @param openTime how long it is open before a trial, and how long a trial may take before another is allowed; above 0.
     * @param nowNs monotonic nanoseconds.
     */
    public CircuitBreaker(final int failuresMax, final Duration openTime, final LongSupplier nowNs) {
        Refused.unless(failuresMax >= 1, "failuresMax must be at least 1: " + failuresMax);
        Refused.unless(!openTime.isNegative() && !openTime.isZero(), "openTime must be above 0: " + openTime);
        this.failuresMax = failuresMax;
        this.openNs = openTime.compareTo(LONGEST) < 0 ? openTime.toNanos() : Long.MAX_VALUE;
        this.nowNs = nowNs;
    }

    /** Whether to try now. A yes in {@link State#HALF_OPEN} is the one trial; say what came of it. */
    public synchronized boolean allows() {
        if (!isOpen) {
            return true;
        }
        if (nowNs.getAsLong() - sinceNs < openNs) {
            return false;
        }
        isTrialOut = true;
        sinceNs = nowNs.getAsLong();
        return true;
    }

    /** What was tried succeeded: it is closed. */
    public synchronized void succeeded() {
        failures = 0;
        isOpen = false;
        isTrialOut = false;
    }

    /** What was tried failed: it opens after the last of so many, and after the trial. */
    public synchronized void failed() {
        failures++;
        if (isTrialOut || !isOpen && failures >= failuresMax) {
            isOpen = true;
            isTrialOut = false;
            sinceNs = nowNs.getAsLong();
        }
    }

    /** Let it stand as it did in another process: one that was open is so for its whole time from now on, since clocks do not outlive processes. */
    synchronized void restore(final int failuresBefore, final boolean wasOpen) {
        failures = failuresBefore;
        isOpen = wasOpen;
        sinceNs = nowNs.getAsLong();
    }

    /** How it stands now. */
    public synchronized State state() {
        if (!isOpen) {
            return State.CLOSED;
        }
        return isTrialOut || nowNs.getAsLong() - sinceNs >= openNs ? State.HALF_OPEN : State.OPEN;
    }

    /** Failures in a row. */
    public synchronized int failures() {
        return failures;
    }
}
