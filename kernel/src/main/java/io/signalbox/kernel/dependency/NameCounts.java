package io.signalbox.kernel.dependency;

import java.util.Arrays;

/** Counts by name id: one look says whether an agent waits at all, or is waited for. */
final class NameCounts {
    private int[] counts = new int[64];

    /** Nobody, 0, is not counted. */
    void add(final int name, final int change) {
        if (name == 0) {
            return;
        }
        if (name >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(name + 1, counts.length * 2));
        }
        counts[name] += change;
    }

    int of(final int name) {
        return name < counts.length ? counts[name] : 0;
    }
}
