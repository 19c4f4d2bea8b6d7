package io.signalbox.kernel.metrics;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** Records how long something takes. Any thread; recording is wait-free and, without a feed, allocates nothing. */
public final class Timing {
    private final String name;
    private final Distribution distribution;
    private final MeasurementFeed feed;
    private final LongSupplier nowNs;

    Timing(final String name, final Bound bound, final MeasurementFeed feed, final LongSupplier nowNs) {
        this.name = name;
        this.feed = feed;
        this.nowNs = nowNs;
        distribution = Distribution.ofManyWriters(bound);
    }

    /** What is measured. */
    public String name() {
        return name;
    }

    /** How long it is expected to take at most. */
    public Bound bound() {
        return distribution.bound();
    }

    /**
     * Record a duration in nanoseconds.
     *
     * @throws MetricException when it is negative.
     */
    public void record(final long durationNs) {
        record(durationNs, Tags.NONE);
    }

    /** As {@link #record(long)}. */
    public void record(final Duration duration) {
        record(Bound.ns(duration), Tags.NONE);
    }

    /** As {@link #record(long, Tags)}. */
    public void record(final Duration duration, final Tags tags) {
        record(Bound.ns(duration), tags);
    }

    /** As {@link #record(long)}; the tags go along with the single measurement. */
    public void record(final long durationNs, final Tags tags) {
        if (durationNs < 0) {
            throw new MetricException(
                    MetricException.Reason.NEGATIVE_DURATION, name + " cannot take " + durationNs + " ns");
        }
        distribution.record(durationNs);
        feed.offer(name, MetricKind.TIMING, (double) durationNs, "ns", tags);
    }

    /** Measure a call. A failure passes through and its time counts too. */
    public <T> T call(final Callable<T> work) throws Exception {
        return call(Tags.NONE, work);
    }

    /** As {@link #call(Callable)}. */
    public <T> T call(final Tags tags, final Callable<T> work) throws Exception {
        final Span span = start(tags);
        try {
            return work.call();
        } finally {
            span.close();
        }
    }

    /** Measure work. A failure passes through and its time counts too. */
    public void run(final Runnable work) {
        final Span span = start();
        try {
            work.run();
        } finally {
            span.close();
        }
    }

    /** Start measuring; closing it records. */
    public Span start() {
        return start(Tags.NONE);
    }

    /** As {@link #start()}. */
    public Span start(final Tags tags) {
        return new Span(tags, nowNs.getAsLong());
    }

    TimingSummary summary() {
        return distribution.timing(name);
    }

    /** Something that is being measured. One thread at a time. */
    public final class Span implements AutoCloseable {
        private final Tags tags;
        private final long startedNs;
        private boolean closed;

        private Span(final Tags tags, final long startedNs) {
            this.tags = tags;
            this.startedNs = startedNs;
        }

        /** It has ended now. Closing twice is harmless. */
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                record(Math.max(0, nowNs.getAsLong() - startedNs), tags);
            }
        }
    }
}
