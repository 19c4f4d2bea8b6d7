package io.signalbox.kernel.dependency;

import java.util.Arrays;

/** Slots in the order in which they were added; emptied without being given back. */
final class SlotList {
    private int[] slots = new int[64];
    private int size;

    void add(final int slot) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
        }
        slots[size++] = slot;
    }

    int at(final int index) {
        return slots[index];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }
}
