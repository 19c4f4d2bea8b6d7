package io.signalbox.kernel.workflow;

/**
 * Something that steps of a run share and that is scarce: places for one key, memory, calls of a service in a minute.
 *
 * @param name unique in its definition, not empty.
 * @param capacity units in use at once, 0 for no bound.
 * @param ratePerPeriod units that may be taken in a period, 0 for no bound. They come back evenly: one each {@code periodNs / ratePerPeriod}.
 * @param periodNs length of the period; 0 exactly when there is no rate.
 */
public record LimitDefinition(String name, int capacity, int ratePerPeriod, long periodNs) {
    public LimitDefinition {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a limit's name must not be empty");
        }
        if (capacity < 0 || ratePerPeriod < 0 || periodNs < 0) {
            throw new IllegalArgumentException("limit " + name + ": capacity, ratePerPeriod and periodNs must not be"
                    + " negative: " + capacity + ", " + ratePerPeriod + ", " + periodNs);
        }
        if ((ratePerPeriod == 0) != (periodNs == 0)) {
            throw new IllegalArgumentException("limit " + name + ": a rate is units and a period, got " + ratePerPeriod
                    + " in " + periodNs + " ns");
        }
    }

    /** So many units at once. */
    public static LimitDefinition capacity(final String name, final int capacity) {
        return new LimitDefinition(name, capacity, 0, 0);
    }

    /** So many units in each period. */
    public static LimitDefinition rate(final String name, final int units, final long periodNs) {
        return new LimitDefinition(name, 0, units, periodNs);
    }
}
