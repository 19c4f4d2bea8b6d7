package io.signalbox.kernel.dependency;

/** Slots to be given out: first those that never had an owner, then those that were given back, the longest free first. */
final class FreeSlots {
    private final int[] free;
    private int head;
    private int count;
    private int used;

    FreeSlots(final int capacity) {
        free = new int[capacity];
    }

    /** Slots that ever had an owner. */
    int used() {
        return used;
    }

    /** The slot that is taken next, or -1 when all have owners. */
    int next() {
        if (used < free.length) {
            return used;
        }
        return count > 0 ? free[head] : -1;
    }

    /** Take {@link #next}. */
    void take() {
        if (used < free.length) {
            used++;
        } else {
            head = head + 1 == free.length ? 0 : head + 1;
            count--;
        }
    }

    void giveBack(final int slot) {
        final int tail = head + count;
        free[tail >= free.length ? tail - free.length : tail] = slot;
        count++;
    }
}
