package io.signalbox.kernel.dependency;

/**
 * Circular doubly linked lists over slots: append at the end, remove anywhere, nothing allocated. The links of a slot are one word of
 * its record, the next slot in the high half, the one before in the low half.
 */
final class Rings {
    private static final long LOW = 0xFFFF_FFFFL;

    private final long[] records;
    private final int stride;
    private final int word;

    Rings(final long[] records, final int stride, final int word) {
        this.records = records;
        this.stride = stride;
        this.word = word;
    }

    /** Append {@code slot} behind the last of the ring that starts at {@code head}, -1 for none; returns the head. */
    int append(final int head, final int slot) {
        if (head < 0) {
            link(slot, slot, slot);
            return slot;
        }
        final int last = previous(head);
        link(slot, head, last);
        if (last == head) {
            link(head, slot, slot);
        } else {
            link(last, slot, previous(last));
            link(head, next(head), slot);
        }
        return head;
    }

    /** Take {@code slot} out; returns the new head, -1 when the ring is empty now. */
    int remove(final int head, final int slot) {
        final int after = next(slot);
        if (after == slot) {
            return -1;
        }
        final int before = previous(slot);
        if (before == after) {
            link(after, after, after);
        } else {
            link(before, after, previous(before));
            link(after, next(after), before);
        }
        return head == slot ? after : head;
    }

    int next(final int slot) {
        return (int) (records[slot * stride + word] >>> 32);
    }

    private int previous(final int slot) {
        return (int) (records[slot * stride + word] & LOW);
    }

    private void link(final int slot, final int next, final int previous) {
        records[slot * stride + word] = (long) next << 32 | previous;
    }
}
