package io.signalbox.kernel.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Records a share in percent, kept in hundredths. Any thread; recording is wait-free and, without a feed, allocates nothing. */
public final class Rate {
    private static final double PARTS = 100;
    private static final double PERCENT_MAX = 100;

    private final String name;
    private final MeasurementFeed feed;
    private final Distribution distribution = Distribution.ofManyWriters(Bound.UNBOUNDED);
    private final LongAdder sum = new LongAdder();
    private volatile double last;

    Rate(final String name, final MeasurementFeed feed) {
        this.name = name;
        this.feed = feed;
    }

    /** What is measured. */
    public String name() {
        return name;
    }

    /** So many percent. */
    public void record(final double percent) {
        record(percent, Tags.NONE);
    }

    /** One try: a hit is 100 percent, a miss 0, so the mean is the share of hits. */
    public void hit(final boolean isHit) {
        record(isHit ? PERCENT_MAX : 0, Tags.NONE);
    }

    /**
     * So many percent; the tags go along with the single measurement.
     *
     * @param percent 0 to 100.
     * @throws MetricException when it is not.
     */
    public void record(final double percent, final Tags tags) {
        if (!Double.isFinite(percent)) {
            throw new MetricException(MetricException.Reason.NOT_A_NUMBER, name + " cannot be " + percent);
        }
        if (percent < 0 || percent > PERCENT_MAX) {
            throw new MetricException(
                    MetricException.Reason.RATE_OUT_OF_RANGE, name + " must be in 0..100 percent: " + percent);
        }
        final long parts = Math.round(percent * PARTS);
        distribution.record(parts);
        sum.add(parts);
        last = percent;
        feed.offer(name, MetricKind.RATE, percent, "%", tags);
    }

    RateSummary summary() {
        return distribution.read(histogram -> {
            final long count = histogram.getTotalCount();
            return new RateSummary(
                    name,
                    count,
                    last,
                    count == 0 ? 0 : Math.min(PERCENT_MAX, sum.sum() / PARTS / count),
                    Math.min(PERCENT_MAX, histogram.getValueAtPercentile(50) / PARTS),
                    Math.min(PERCENT_MAX, histogram.getValueAtPercentile(99) / PARTS));
        });
    }
}
