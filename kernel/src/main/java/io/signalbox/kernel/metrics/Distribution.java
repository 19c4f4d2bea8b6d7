package io.signalbox.kernel.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntervalHistogramProvider;
import org.HdrHistogram.Recorder;
import org.HdrHistogram.SingleWriterRecorder;
import org.HdrHistogram.ValueRecorder;

/**
 * Whole numbers from 0, kept by size within one percent. Recording is wait-free and allocates nothing. Readers take turns under a
 * lock that no writer touches: they swap the histogram that is written and add the old one to the total, so every value is
 * counted once and no writer waits for a reader.
 */
final class Distribution {
    /** A hundred days in nanoseconds; what is larger is kept as this and counted as beyond the range. */
    static final long VALUE_MAX = 8_640_000_000_000_000L;

    private static final int DIGITS = 2;

    private final ValueRecorder recorder;
    private final IntervalHistogramProvider<Histogram> intervals;
    private final Bound bound;
    private final LongAdder overExpected = new LongAdder();
    private final LongAdder overOwn = new LongAdder();
    private final LongAdder beyondRange = new LongAdder();
    private final Histogram total = new Histogram(1, VALUE_MAX, DIGITS);
    private Histogram interval;

    private Distribution(
            final ValueRecorder recorder, final IntervalHistogramProvider<Histogram> intervals, final Bound bound) {
        this.recorder = recorder;
        this.intervals = intervals;
        this.bound = bound;
    }

    /** Any thread records. */
    static Distribution ofManyWriters(final Bound bound) {
        final Recorder recorder = new Recorder(1, VALUE_MAX, DIGITS);
        return new Distribution(recorder, recorder, bound);
    }

    /** One thread at a time records, with a happens-before edge between two. */
    static Distribution ofOneWriter(final Bound bound) {
        final SingleWriterRecorder recorder = new SingleWriterRecorder(1, VALUE_MAX, DIGITS);
        return new Distribution(recorder, recorder, bound);
    }

    Bound bound() {
        return bound;
    }

    /** Record a value, 0 or more. */
    void record(final long value) {
        if (value > VALUE_MAX) {
            beyondRange.increment();
            recorder.recordValue(VALUE_MAX);
        } else {
            recorder.recordValue(value);
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
    synchronized <T> T read(final Function<Histogram, T> reader) {
        interval = intervals.getIntervalHistogram(interval);
        total.add(interval);
        return reader.apply(total);
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
