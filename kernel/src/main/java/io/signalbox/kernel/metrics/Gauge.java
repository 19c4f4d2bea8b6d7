package io.signalbox.kernel.metrics;

import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import org.HdrHistogram.Histogram;

/**
 * Records how much of something there is. Any finite value; percentiles count in thousandths of the unit and reach to
 * 8.64e12 on either side of 0. Any thread; of a value that is just being set a summary may show a part.
 */
public final class Gauge {
    private static final double PARTS = 1000;

    private final String name;
    private final String unit;
    private final MeasurementFeed feed;
    private final Distribution above = Distribution.ofManyWriters(Bound.UNBOUNDED);
    private final DoubleAdder sum = new DoubleAdder();
    private final DoubleAccumulator min = new DoubleAccumulator(Math::min, Double.POSITIVE_INFINITY);
    private final DoubleAccumulator max = new DoubleAccumulator(Math::max, Double.NEGATIVE_INFINITY);
    private volatile Distribution below;
    private volatile double last;

    Gauge(final String name, final String unit, final MeasurementFeed feed) {
        this.name = name;
        this.unit = unit;
        this.feed = feed;
    }

    /** What is measured. */
    public String name() {
        return name;
    }

    /** Unit of its values. */
    public String unit() {
        return unit;
    }

    /** So much there is now. */
    public void set(final double value) {
        set(value, Tags.NONE);
    }

    /**
     * So much there is now; the tags go along with the single measurement.
     *
     * @throws MetricException when it is NaN or infinite.
     */
    public void set(final double value, final Tags tags) {
        if (!Double.isFinite(value)) {
            throw new MetricException(MetricException.Reason.NOT_A_NUMBER, name + " cannot be " + value);
        }
        final long parts = Math.round(Math.abs(value) * PARTS);
        last = value;
        min.accumulate(value);
        max.accumulate(value);
        sum.add(value);
        (value < 0 ? below() : above).record(parts);
        feed.offer(name, MetricKind.GAUGE, value, unit, tags);
    }

    private Distribution below() {
        if (below == null) {
            synchronized (this) {
                if (below == null) {
                    below = Distribution.ofManyWriters(Bound.UNBOUNDED);
                }
            }
        }
        return below;
    }

    GaugeSummary summary() {
        final Distribution negative = below;
        return negative == null
                ? above.read(histogram -> summary(null, histogram))
                : above.read(histogram -> negative.read(magnitudes -> summary(magnitudes, histogram)));
    }

    private GaugeSummary summary(final Histogram magnitudes, final Histogram histogram) {
        final long negatives = magnitudes == null ? 0 : magnitudes.getTotalCount();
        final long count = negatives + histogram.getTotalCount();
        if (count == 0) {
            return new GaugeSummary(name, unit, 0, 0, 0, 0, 0, 0, 0);
        }
        return new GaugeSummary(
                name,
                unit,
                count,
                last,
                min.get(),
                max.get(),
                sum.sum() / count,
                within(percentile(50, magnitudes, negatives, histogram)),
                within(percentile(99, magnitudes, negatives, histogram)));
    }

    private double within(final double value) {
        return Math.max(min.get(), Math.min(max.get(), value));
    }

    /** The value with that rank: the negative ones come first, the largest magnitude before all others. */
    private static double percentile(
            final double percentile, final Histogram magnitudes, final long negatives, final Histogram histogram) {
        final long positives = histogram.getTotalCount();
        final long rank = Math.max(1, (long) Math.ceil(percentile / 100 * (negatives + positives)));
        if (rank <= negatives) {
            return -magnitudes.getValueAtPercentile(100.0 * (negatives - rank + 1) / negatives) / PARTS;
        }
        return histogram.getValueAtPercentile(100.0 * (rank - negatives) / positives) / PARTS;
    }

    long beyondRange() {
        return above.beyondRange() + (below == null ? 0 : below.beyondRange());
    }
}
