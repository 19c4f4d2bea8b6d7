package io.signalbox.kernel.metrics;

/**
 * What a kernel measures. Recorders of one's own work whatever is set here: they cost only the thread that records.
 *
 * @param measuresKernel whether the kernel measures itself: commands, turns, waits, signals. Off, it costs nothing.
 * @param recordersMax recorders of one's own, 1 to {@value #RECORDERS_LIMIT}; each takes up to 150 KB.
 * @param feedCapacity single measurements kept for whoever carries them away, 0 to {@value #FEED_LIMIT}; 0 keeps none.
 */
public record MetricsConfig(boolean measuresKernel, int recordersMax, int feedCapacity) {
    /** Highest {@link #recordersMax}. */
    public static final int RECORDERS_LIMIT = 10_000;

    /** Highest {@link #feedCapacity}. */
    public static final int FEED_LIMIT = 1 << 20;

    private static final MetricsConfig OFF = new MetricsConfig(false, 128, 0);

    public MetricsConfig {
        require("recordersMax", recordersMax, 1, RECORDERS_LIMIT);
        require("feedCapacity", feedCapacity, 0, FEED_LIMIT);
    }

    /** The kernel does not measure itself. The default. */
    public static MetricsConfig off() {
        return OFF;
    }

    /** The kernel measures itself. */
    public static MetricsConfig on() {
        return new MetricsConfig(true, OFF.recordersMax, OFF.feedCapacity);
    }

    public MetricsConfig withRecordersMax(final int recordersMax) {
        return new MetricsConfig(measuresKernel, recordersMax, feedCapacity);
    }

    public MetricsConfig withFeedCapacity(final int feedCapacity) {
        return new MetricsConfig(measuresKernel, recordersMax, feedCapacity);
    }

    private static void require(final String what, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " must be in " + min + ".." + max + ": " + value);
        }
    }
}
