package io.signalbox.kernel.metrics;

import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.event.Room;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything measured since launch, at about one moment: each number is right by itself, and what is recorded while the snapshot is
 * made is in some of them. Immutable; everything stands in the order of its name.
 *
 * @param takenNs kernel time, in nanoseconds since 1970.
 * @param measuresKernel whether the kernel measured itself.
 * @param timings how long operations took.
 * @param counters how often something happened: commands applied, facts, what users count.
 * @param gauges how much of something there was.
 * @param rates shares in percent.
 * @param facts how many facts each room has recorded since launch.
 * @param refusals how often each refusal was given.
 * @param drops what was not taken, missed, or not measured, by name; see {@link MetricNames}.
 */
public record MetricsSnapshot(
        long takenNs,
        boolean measuresKernel,
        List<TimingSummary> timings,
        SortedMap<String, Long> counters,
        List<GaugeSummary> gauges,
        List<RateSummary> rates,
        Map<Room, Long> facts,
        Map<Rejection, Long> refusals,
        SortedMap<String, Long> drops) {
    public MetricsSnapshot {
        timings = List.copyOf(timings);
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        gauges = List.copyOf(gauges);
        rates = List.copyOf(rates);
        facts = ordered(Room.class, facts);
        refusals = ordered(Rejection.class, refusals);
        drops = Collections.unmodifiableSortedMap(new TreeMap<>(drops));
    }

    private static <K extends Enum<K>> Map<K, Long> ordered(final Class<K> type, final Map<K, Long> counts) {
        final Map<K, Long> copy = new EnumMap<>(type);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }

    /**
     * The timing of this name, if there is one. The systems before ours put a unit into their names; {@code x_ms} finds the timing
     * {@code x} too.
     */
    public Optional<TimingSummary> timing(final String name) {
        return timings.stream()
                .filter(timing -> timing.name().equals(name) || (timing.name() + "_ms").equals(name))
                .findFirst();
    }

    /** The gauge of this name, if there is one. */
    public Optional<GaugeSummary> gauge(final String name) {
        return gauges.stream().filter(gauge -> gauge.name().equals(name)).findFirst();
    }

    /** The rate of this name, if there is one. */
    public Optional<RateSummary> rate(final String name) {
        return rates.stream().filter(rate -> rate.name().equals(name)).findFirst();
    }

    /** The counter of this name, 0 if there is none. */
    public long counter(final String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** How often this refusal was given. */
    public long refused(final Rejection rejection) {
        return refusals.getOrDefault(rejection, 0L);
    }

    /** How much was dropped under this name, 0 if nothing. */
    public long dropped(final String name) {
        return drops.getOrDefault(name, 0L);
    }

    /** As a text for people: what is 0 is left out. */
    public String table() {
        return MetricsTable.of(this);
    }
}
