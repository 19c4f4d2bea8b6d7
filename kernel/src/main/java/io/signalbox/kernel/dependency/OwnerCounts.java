package io.signalbox.kernel.dependency;

import java.util.Arrays;

/** How many pending waits each agent has, by name id, all scopes together: one look says whether an agent waits at all. */
final class OwnerCounts {
    private int[] counts = new int[64];

    /** Nobody, 0, is not counted. */
    void add(final int owner, final int change) {
        if (owner == 0) {
            return;
        }
        if (owner >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(owner + 1, counts.length * 2));
        }
        counts[owner] += change;
    }

    int of(final int owner) {
        return owner < counts.length ? counts[owner] : 0;
    }
}
