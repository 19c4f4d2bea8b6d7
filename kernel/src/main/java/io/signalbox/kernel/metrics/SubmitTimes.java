package io.signalbox.kernel.metrics;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the last commands were submitted: a cell for each slot of the ring, with the sequence it stands for. The one who claimed a
 * sequence writes its cell before it publishes; the turn and whoever is delivered a signal read it.
 *
 * <p>Memory order, a sequence lock: the writer takes the sequence away, writes the time behind a store-store fence, and sets the sequence by
 * release. A reader finds the sequence by acquire, reads the time, and finds the sequence again behind a load-load fence; else the
 * cell has gone to a later command and the time is not known any more.
 */
final class SubmitTimes {
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final long NOBODY = -1;

    private final AtomicLongArray cells;
    private final int mask;

    SubmitTimes(final int capacity) {
        final long[] empty = new long[2 * capacity];
        Arrays.fill(empty, NOBODY);
        cells = new AtomicLongArray(empty);
        mask = capacity - 1;
    }

    private int cell(final long sequence) {
        return ((int) sequence & mask) << 1;
    }

    void put(final long sequence, final long timeNs) {
        final int at = cell(sequence);
        cells.setOpaque(at, NOBODY);
        VarHandle.storeStoreFence();
        cells.setOpaque(at + 1, timeNs);
        cells.setRelease(at, sequence);
    }

    /** When the command with this sequence was submitted, or {@link #UNKNOWN}. */
    long get(final long sequence) {
        final int at = cell(sequence);
        if (sequence < 0 || cells.getAcquire(at) != sequence) {
            return UNKNOWN;
        }
        final long timeNs = cells.getOpaque(at + 1);
        VarHandle.loadLoadFence();
        return cells.getOpaque(at) == sequence ? timeNs : UNKNOWN;
    }
}
