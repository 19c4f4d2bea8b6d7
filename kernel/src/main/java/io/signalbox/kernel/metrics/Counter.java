package io.signalbox.kernel.metrics;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens. Any thread. */
public final class Counter {
    private final String name;
    private final LongAdder count = new LongAdder();
    private final MeasurementFeed feed;

    Counter(final String name, final MeasurementFeed feed) {
        this.name = name;
        this.feed = feed;
    }

    /** What is counted. */
    public String name() {
        return name;
    }

    /** Once more. */
    public void increment() {
        add(1, Tags.NONE);
    }

    /** So many more. */
    public void add(final long amount) {
        add(amount, Tags.NONE);
    }

    /**
     * So many more; the tags go along with the single measurement.
     *
     * @throws MetricException when it is negative.
     */
    public void add(final long amount, final Tags tags) {
        if (amount < 0) {
            throw new MetricException(
                    MetricException.Reason.NEGATIVE_AMOUNT, name + " only goes up, it cannot count " + amount);
        }
        count.add(amount);
        feed.offer(name, MetricKind.COUNTER, (double) amount, "count", tags);
    }

    /** Count a call, whether it succeeds or fails. */
    public <T> T call(final Callable<T> work) throws Exception {
        return call(Tags.NONE, work);
    }

    /** As {@link #call(Callable)}. */
    public <T> T call(final Tags tags, final Callable<T> work) throws Exception {
        add(1, tags);
        return work.call();
    }

    /** How many until now. */
    public long count() {
        return count.sum();
    }
}
