package io.signalbox.yaml;

import java.time.Duration;

/**
 * Something scarce that the steps of a run share.
 *
 * @param name unique in the file
 * @param capacity units in use at once, 0 for no bound
 * @param rate units that may be taken in each {@code per}, 0 for no bound
 * @param per length of the period; zero exactly when there is no rate
 */
public record Limit(String name, int capacity, int rate, Duration per) {
    /** So many units at once. */
    static Limit capacity(final String name, final int capacity) {
        return new Limit(name, capacity, 0, Duration.ZERO);
    }

    /** The most that one step can take of it. */
    int unitsMax() {
        if (capacity == 0 || rate == 0) {
            return Math.max(capacity, rate);
        }
        return Math.min(capacity, rate);
    }

    Limit renamed(final String newName) {
        return new Limit(newName, capacity, rate, per);
    }
}
