package io.signalbox.kernel.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a plan takes for granted.
 *
 * @param defaultDurationNs how long a step takes of which nothing else is known, not negative; a gate takes none.
 * @param durationsNs how long steps take, by id.
 * @param concurrencyMax steps in flight at once; 0 for as many as there are, or as the definition says.
 * @param idleSteps ids of steps that nobody carries out this time, such as those whose end is known already: they take no time, hold no place and
 *     are no work.
 */
public record PlanSettings(
        long defaultDurationNs, Map<String, Long> durationsNs, int concurrencyMax, Set<String> idleSteps) {
    /** A second for each step, and as many at once as there are. */
    public static final PlanSettings STANDARD = new PlanSettings(1_000_000_000L, Map.of(), 0, Set.of());

    public PlanSettings {
        durationsNs = Map.copyOf(durationsNs);
        idleSteps = Set.copyOf(idleSteps);
        if (defaultDurationNs < 0 || concurrencyMax < 0) {
            throw new IllegalArgumentException("defaultDurationNs and concurrencyMax must not be negative: "
                    + defaultDurationNs + ", " + concurrencyMax);
        }
        new TreeMap<>(durationsNs).forEach((id, durationNs) -> {
            if (durationNs < 0) {
                throw new IllegalArgumentException("the duration of '" + id + "' must not be negative: " + durationNs);
            }
        });
    }

    /** The same with the duration of one step. */
    public PlanSettings withDurationNs(final String id, final long durationNs) {
        final Map<String, Long> more = new TreeMap<>(durationsNs);
        more.put(id, durationNs);
        return new PlanSettings(defaultDurationNs, more, concurrencyMax, idleSteps);
    }

    /** The same with the durations of these steps and no others. */
    public PlanSettings withDurationsNs(final Map<String, Long> durationsNs) {
        return new PlanSettings(defaultDurationNs, durationsNs, concurrencyMax, idleSteps);
    }

    /** The same with another duration of steps of which nothing is known. */
    public PlanSettings withDefaultDurationNs(final long defaultDurationNs) {
        return new PlanSettings(defaultDurationNs, durationsNs, concurrencyMax, idleSteps);
    }

    /** The same with a bound of steps in flight at once. */
    public PlanSettings withConcurrencyMax(final int concurrencyMax) {
        return new PlanSettings(defaultDurationNs, durationsNs, concurrencyMax, idleSteps);
    }

    /** The same with these steps, and no others, that nobody carries out. */
    public PlanSettings withIdleSteps(final Set<String> ids) {
        return new PlanSettings(defaultDurationNs, durationsNs, concurrencyMax, ids);
    }
}
