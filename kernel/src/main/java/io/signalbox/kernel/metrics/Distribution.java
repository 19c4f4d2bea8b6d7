package io.signalbox.kernel.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.WriterReaderPhaser;

/**
 * Whole numbers from 0, kept by size within one percent. Recording is wait-free and allocates nothing. Readers take turns under a
 * lock that no writer touches: they swap the histogram that is written with an empty one, wait until whoever is still writing to the old one has
 * done so, and add it to the total; so every value is counted once and no writer waits for a reader.
 *
 * <p>HdrHistogram's own recorders do the same, but sleep where this yields, and the sleep loses the reader's interrupt.
 */
final class Distribution {
    /** A hundred days in nanoseconds; what is larger is kept as this and counted as beyond the range. */
    static final long VALUE_MAX = 8_640_000_000_000_000L;

    private static final int DIGITS = 2;

    private final WriterReaderPhaser phaser = new WriterReaderPhaser();
    private final Bound bound;
    private final LongAdder overExpected = new LongAdder();
    private final LongAdder overOwn = new LongAdder();
    private final LongAdder beyondRange = new LongAdder();
    private final Histogram total = new Histogram(1, VALUE_MAX, DIGITS);
    private volatile Histogram active;
    private Histogram spare; // the phaser's lock

    private Distribution(final Bound bound, final Histogram first, final Histogram second) {
        this.bound = bound;
        active = first;
        spare = second;
    }

    /** Any thread records. */
    static Distribution ofManyWriters(final Bound bound) {
        return new Distribution(
                bound, new AtomicHistogram(1, VALUE_MAX, DIGITS), new AtomicHistogram(1, VALUE_MAX, DIGITS));
    }

    /** One thread at a time records, with a happens-before edge between two. */
    static Distribution ofOneWriter(final Bound bound) {
        return new Distribution(bound, new Histogram(1, VALUE_MAX, DIGITS), new Histogram(1, VALUE_MAX, DIGITS));
    }

    Bound bound() {
        return bound;
    }

    /** Record a value, 0 or more. */
    void record(final long value) {
        final long kept = Math.min(value, VALUE_MAX);
        final long entered = phaser.writerCriticalSectionEnter();
        try {
            active.recordValue(kept);
        } finally {
            phaser.writerCriticalSectionExit(entered);
        }
        if (value > VALUE_MAX) {
            beyondRange.increment();
        }
        if (value > bound.ownNs()) {
            overOwn.increment();
        }
        if (value > bound.expectedNs()) {
            overExpected.increment();
        }
    }

    /** Values larger than {@link #VALUE_MAX}. */
    long beyondRange() {
        return beyondRange.sum();
    }

    /** Read the total of everything recorded until now. Readers only; the histogram must not be kept. */
    <T> T read(final Function<Histogram, T> reader) {
        phaser.readerLock();
        try {
            final Histogram written = active;
            active = spare;
            phaser.flipPhase();
            total.add(written);
            written.reset();
            spare = written;
            return reader.apply(total);
        } finally {
            phaser.readerUnlock();
        }
    }

    /** As a summary of durations. */
    TimingSummary timing(final String name) {
        return read(histogram -> new TimingSummary(
                name,
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue(),
                histogram.getTotalCount() == 0 ? 0 : Math.round(histogram.getMean()),
                bound,
                overExpected.sum(),
                overOwn.sum(),
                beyondRange.sum()));
    }
}
