package io.signalbox.kernel.state;

import java.util.Arrays;

/**
 * The past versions of one scope, the oldest first, at most so many and so many bytes written by them; what goes beyond is dropped
 * from the old end, but never the last one. Turn only.
 */
final class RetainedVersions {
    private static final int CAPACITY_MIN = 4;

    private final int versionsMax;
    private final long bytesMax;
    private StateSnapshot[] ring = new StateSnapshot[CAPACITY_MIN];
    private int head;
    private int count;
    private long bytes;

    RetainedVersions(final int versionsMax, final long bytesMax) {
        this.versionsMax = versionsMax;
        this.bytesMax = bytesMax;
    }

    int count() {
        return count;
    }

    /** The past version number {@code index}, 0 for the oldest. */
    StateSnapshot get(final int index) {
        return ring[(head + index) & (ring.length - 1)];
    }

    /** The past version of this number, or null. */
    StateSnapshot at(final long version) {
        final long index = count == 0 ? -1 : version - get(0).version();
        return index < 0 || index >= count ? null : get((int) index);
    }

    void add(final StateSnapshot past) {
        if (count == versionsMax) {
            drop();
        } else if (count == ring.length) {
            grow();
        }
        ring[(head + count) & (ring.length - 1)] = past;
        count++;
        bytes += past.writtenBytes();
        while (count > 1 && bytes > bytesMax) {
            drop();
        }
    }

    private void grow() {
        final StateSnapshot[] grown = new StateSnapshot[ring.length * 2];
        for (int i = 0; i < count; i++) {
            grown[i] = get(i);
        }
        ring = grown;
        head = 0;
    }

    private void drop() {
        bytes -= ring[head].writtenBytes();
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        count--;
    }

    void clear() {
        Arrays.fill(ring, null);
        head = 0;
        count = 0;
        bytes = 0;
    }

    /** All of them and the present one, the oldest first. */
    StateSnapshot[] with(final StateSnapshot present) {
        final StateSnapshot[] all = new StateSnapshot[count + 1];
        for (int i = 0; i < count; i++) {
            all[i] = get(i);
        }
        all[count] = present;
        return all;
    }
}
