package io.signalbox.kernel;

import java.time.Duration;

/** Durations as nanoseconds. */
final class Durations {
    private Durations() {}

    /** {@link Long#MAX_VALUE} for what is longer than that many nanoseconds; below zero by so much, -1: less than nothing is one thing. */
    static long nanos(final Duration duration) {
        if (duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0) {
            return Long.MAX_VALUE;
        }
        return duration.compareTo(Duration.ofNanos(Long.MIN_VALUE)) <= 0 ? -1 : duration.toNanos();
    }
}
