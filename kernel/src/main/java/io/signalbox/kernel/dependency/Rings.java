package io.signalbox.kernel.dependency;

/** Circular doubly linked lists over slots, in two int arrays: append at the end, remove anywhere, nothing allocated. */
final class Rings {
    private final int[] next;
    private final int[] previous;

    Rings(final int capacity) {
        next = new int[capacity];
        previous = new int[capacity];
    }

    /** Append {@code slot} behind the last of the ring that starts at {@code head}, -1 for none; returns the head. */
    int append(final int head, final int slot) {
        if (head < 0) {
            next[slot] = slot;
            previous[slot] = slot;
            return slot;
        }
        final int last = previous[head];
        next[last] = slot;
        previous[slot] = last;
        next[slot] = head;
        previous[head] = slot;
        return head;
    }

    /** Take {@code slot} out; returns the new head, -1 when the ring is empty now. */
    int remove(final int head, final int slot) {
        final int after = next[slot];
        if (after == slot) {
            return -1;
        }
        next[previous[slot]] = after;
        previous[after] = previous[slot];
        return head == slot ? after : head;
    }

    int next(final int slot) {
        return next[slot];
    }
}
