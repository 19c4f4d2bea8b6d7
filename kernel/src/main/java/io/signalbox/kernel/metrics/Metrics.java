package io.signalbox.kernel.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What is measured about a kernel and the work around it. A recorder is found by its name; it is made when nobody has asked for it
 * before. Any thread; keep the recorder rather than ask for it again on a hot path.
 *
 * <pre>{@code
 * Timing plan = kernel.metrics().timing("plan", Duration.ofMillis(200));
 * plan.call(() -> planner.plan(task));
 * System.out.print(kernel.metrics().snapshot().table());
 * }</pre>
 *
 * <p>Names have 1 to 100 characters. Whatever cannot be recorded is refused by a {@link MetricException} that says why, and nothing is
 * recorded then.
 */
public final class Metrics {
    private final MetricsConfig config;
    private final LongSupplier nowNs;
    private final KernelMeter meter;
    private final MeasurementFeed feed;
    private final Registry registry;

    /**
     * For a kernel; {@code Kernel.metrics} has it.
     *
     * @param nowNs kernel time.
     * @param meter what the kernel's drivers tell.
     */
    public Metrics(final MetricsConfig config, final LongSupplier nowNs, final KernelMeter meter) {
        this.config = config;
        this.nowNs = nowNs;
        this.meter = meter;
        feed = new MeasurementFeed(config.feedCapacity(), nowNs);
        registry = new Registry(config.recordersMax());
    }

    /** The settings it works with. */
    public MetricsConfig config() {
        return config;
    }

    /** A recorder of durations. Made here, its bound is the one that {@link Bound#ofOperation} knows. */
    public Timing timing(final String name) {
        return registry.find(name, Timing.class, () -> timing(name, Bound.ofOperation(name)));
    }

    /**
     * A recorder of durations that are expected to take no longer than this.
     *
     * @throws MetricException when the name is known with another bound.
     */
    public Timing timing(final String name, final Duration expected) {
        final Bound bound = new Bound(Bound.ns(expected), Bound.NONE);
        final Timing timing = registry.find(name, Timing.class, () -> timing(name, bound));
        requireSame(name, bound.expectedNs(), timing.bound().expectedNs());
        return timing;
    }

    private Timing timing(final String name, final Bound bound) {
        return new Timing(name, bound, feed, nowNs);
    }

    /** A recorder of how often something happens. */
    public Counter counter(final String name) {
        return registry.find(name, Counter.class, () -> new Counter(name, feed));
    }

    /**
     * A recorder of how much of something there is.
     *
     * @param unit of its values, 1 to 20 characters.
     * @throws MetricException when the name is known with another unit.
     */
    public Gauge gauge(final String name, final String unit) {
        Names.require("the unit of " + name, unit, Names.UNIT_LENGTH_MAX);
        final Gauge gauge = registry.find(name, Gauge.class, () -> new Gauge(name, unit, feed));
        requireSame(name, unit, gauge.unit());
        return gauge;
    }

    /** A recorder of shares in percent. */
    public Rate rate(final String name) {
        return registry.find(name, Rate.class, () -> new Rate(name, feed));
    }

    private static void requireSame(final String name, final Object expected, final Object found) {
        if (!expected.equals(found)) {
            throw new MetricException(
                    MetricException.Reason.OTHER_DECLARATION,
                    name + " is known with " + found + ", not with " + expected);
        }
    }

    /** The single measurements of these recorders, if {@link MetricsConfig#feedCapacity} keeps any. */
    public MeasurementFeed feed() {
        return feed;
    }

    /**
     * Everything measured until now. Whoever records goes on meanwhile; readers take turns. It costs about 150 microseconds for each
     * timing.
     */
    public MetricsSnapshot snapshot() {
        final SnapshotDraft draft = new SnapshotDraft();
        registry.forEach(recorder -> {
            if (recorder instanceof Timing timing) {
                draft.addTiming(timing.summary());
            } else if (recorder instanceof Counter counter) {
                draft.addCounter(counter.name(), counter.count());
            } else if (recorder instanceof Gauge gauge) {
                draft.addGauge(gauge.summary());
                draft.addDrops(MetricNames.VALUES_BEYOND_RANGE, gauge.beyondRange());
            } else if (recorder instanceof Rate rate) {
                draft.addRate(rate.summary());
            }
        });
        draft.addDrops(MetricNames.MEASUREMENTS_DROPPED, feed.dropped());
        meter.addTo(draft);
        return draft.finished(nowNs.getAsLong(), config.measuresKernel());
    }
}
