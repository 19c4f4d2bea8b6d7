package io.signalbox.kernel;

import java.time.Duration;

/** Durations as nanoseconds. */
final class Durations {
    private Durations() {}

    /** {@link Long#MAX_VALUE} for what is longer than that many nanoseconds. */
    static long nanos(final Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
