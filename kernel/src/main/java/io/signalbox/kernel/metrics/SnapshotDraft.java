package io.signalbox.kernel.metrics;

import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.event.Room;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A snapshot while it is being made. One thread. */
final class SnapshotDraft {
    private final List<TimingSummary> timings = new ArrayList<>();
    private final SortedMap<String, Long> counters = new TreeMap<>();
    private final List<GaugeSummary> gauges = new ArrayList<>();
    private final List<RateSummary> rates = new ArrayList<>();
    private final Map<Room, Long> facts = new EnumMap<>(Room.class);
    private final Map<Rejection, Long> refusals = new EnumMap<>(Rejection.class);
    private final SortedMap<String, Long> drops = new TreeMap<>();

    void addTiming(final TimingSummary timing) {
        timings.add(timing);
        addDrops(MetricNames.VALUES_BEYOND_RANGE, timing.beyondRange());
    }

    void addCounter(final String name, final long count) {
        counters.merge(name, count, Long::sum);
    }

    void addGauge(final GaugeSummary gauge) {
        gauges.add(gauge);
    }

    void addRate(final RateSummary rate) {
        rates.add(rate);
    }

    /** A counter of the fact, and its room's share. */
    void addFacts(final FactType type, final long count) {
        facts.merge(type.room(), count, Long::sum);
        addCounter(MetricNames.of(type), count);
    }

    /** By the code of the rejection; what has none is told elsewhere. */
    void addRefusals(final int code, final long count) {
        final Rejection rejection = Rejection.ofAnswer(-code);
        if (rejection != null && count > 0) {
            refusals.merge(rejection, count, Long::sum);
        }
    }

    void addDrops(final String name, final long count) {
        drops.merge(name, count, Long::sum);
    }

    MetricsSnapshot finished(final long takenNs, final boolean measuresKernel) {
        timings.sort(Comparator.comparing(TimingSummary::name));
        gauges.sort(Comparator.comparing(GaugeSummary::name));
        rates.sort(Comparator.comparing(RateSummary::name));
        return new MetricsSnapshot(takenNs, measuresKernel, timings, counters, gauges, rates, facts, refusals, drops);
    }
}
