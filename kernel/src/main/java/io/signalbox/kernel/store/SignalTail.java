package io.signalbox.kernel.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The last signals, for any number of readers: a ring that the writer overwrites without asking. A reader that falls
 * behind by more than the ring holds is told exactly what it missed. Sequences are dense from 0, in the order of appends.
 *
 * <p>Each record is a sequence lock of 16 longs (128 bytes):
 * <pre>
 *   0       1        2             3              4                        5
 *  | stamp | factId | timestampNs | coordination | signalType 0..31       | subject 0..31     |
 *  |       |        |             |              | sender 32..63          | recipient 32..63  |
 *   6                                            7              8 ... 15
 *  | payload length 0..31 | completion 32..63   | quality bits | payload, up to 64 bytes     |
 *
 *  stamp   s: holds the record of sequence s      ~s (negative): the record of sequence s is being written
 * </pre>
 * A larger payload stands beside the ring, as a byte array that nobody changes any more.
 *
 * <p><b>Memory order.</b> The writer stores the stamp {@code ~s} with release (so that whoever sees it sees the end that
 * came before), then a store-store fence, then the fields opaque, then the stamp {@code s} with release, then the end
 * with release. A reader loads the stamp with acquire, the fields opaque, then an acquire fence, then the stamp again
 * with acquire. Had one field come from a later record, the fences would show the second load that record's stamp: the
 * copy is dropped and the reader told. No reader waits, tries again by itself, or holds up the writer.
 *
 * <p>{@link #append} and {@link #appendShared} belong to the writer, one thread at a time. {@link #newCursor} and
 * {@link #endSequence} may be called by any thread; each {@link Cursor} belongs to one thread.
 */
public final class SignalTail {
    /** Longest payload, in bytes, that is kept in the ring; a longer one costs an array of its own. */
    public static final int INLINE_LENGTH_MAX = 64;
    /** Most records that one tail can hold. */
    public static final int CAPACITY_MAX = 1 << 26;

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle LARGE = MethodHandles.arrayElementVarHandle(byte[][].class);
    private static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int STRIDE = 16;
    private static final int END = STRIDE; // alone between two paddings: the writer stores it with every record
    private static final int FIRST_RECORD = 2 * STRIDE;
    private static final long UNWRITTEN = ~0L;

    private static final int FACT_ID = 1;
    private static final int TIMESTAMP_NS = 2;
    private static final int COORDINATION = 3;
    private static final int TYPE_AND_SENDER = 4;
    private static final int SUBJECT_AND_RECIPIENT = 5;
    private static final int LENGTH_AND_COMPLETION = 6;
    private static final int QUALITY = 7;
    private static final int PAYLOAD = 8;

    private final int capacity;
    private final long[] words;
    private final byte[][] larges;
    private long next;

    /**
     * An empty tail.
     *
     * @param capacity number of records, a power of two from 2 to {@link #CAPACITY_MAX}; each takes 128 bytes at once.
     */
    public SignalTail(final int capacity) {
        if (capacity < 2 || capacity > CAPACITY_MAX || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "capacity must be a power of two from 2 to " + CAPACITY_MAX + ": " + capacity);
        }
        this.capacity = capacity;
        this.words = new long[FIRST_RECORD + (capacity + 1) * STRIDE];
        this.larges = new byte[capacity][];
        for (int slot = 0; slot < capacity; slot++) {
            words[FIRST_RECORD + slot * STRIDE] = UNWRITTEN;
        }
    }

    /** Number of records the ring holds. */
    public int capacity() {
        return capacity;
    }

    /** Sequence that the next signal will get; everything before it has been published. Any thread; an acquire load. */
    public long endSequence() {
        return (long) WORDS.getAcquire(words, END);
    }

    /**
     * Append a signal. Writer only. Allocates nothing for a payload up to {@link #INLINE_LENGTH_MAX}, else a copy of it.
     *
     * @param timestampNs kernel time in nanoseconds.
     * @param completion the caller's code.
     * @param quality any double, NaN when there is none.
     * @param payload is copied, never kept; may be any array when {@code length} is 0.
     * @param length in bytes, 0 or more.
     * @return the signal's sequence.
     */
    public long append(
            final long factId,
            final long timestampNs,
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final byte[] payload,
            final int offset,
            final int length) {
        Objects.checkFromIndexSize(offset, length, payload.length);
        final byte[] large = length > INLINE_LENGTH_MAX ? Arrays.copyOfRange(payload, offset, offset + length) : null;
        return write(
                factId,
                timestampNs,
                coordination,
                signalType,
                sender,
                subject,
                recipient,
                completion,
                quality,
                payload,
                offset,
                length,
                large);
    }

    /**
     * As {@link #append}, for a payload that nobody changes any more: a large one is kept as it is. Writer only. Allocates
     * nothing.
     */
    public long appendShared(
            final long factId,
            final long timestampNs,
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final byte[] payload) {
        final byte[] large = payload.length > INLINE_LENGTH_MAX ? payload : null;
        return write(
                factId,
                timestampNs,
                coordination,
                signalType,
                sender,
                subject,
                recipient,
                completion,
                quality,
                payload,
                0,
                payload.length,
                large);
    }

    /** What {@link #endSequence} is. Writer only; a plain load. */
    public long published() {
        return words[END];
    }

    /**
     * Let readers see what was appended since the last call. Writer only, at the end of a turn, so that nobody is told of a
     * signal before everything that follows from it has been applied. A release store.
     */
    public void publish() {
        if (words[END] != next) {
            WORDS.setRelease(words, END, next);
        }
    }

    /**
     * A reader's place in the tail. Any thread may ask for one and hand it to the thread that uses it.
     *
     * @param fromSequence first signal to read, 0 or more: {@link #endSequence()} for what comes from now on.
     */
    public Cursor newCursor(final long fromSequence) {
        if (fromSequence < 0) {
            throw new IllegalArgumentException("fromSequence must be 0 or more: " + fromSequence);
        }
        return new Cursor(fromSequence);
    }

    private long write(
            final long factId,
            final long timestampNs,
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final byte[] payload,
            final int offset,
            final int length,
            final byte[] large) {
        final long sequence = next;
        final int base = begin(sequence, large);
        if (large == null) {
            putInline(base + PAYLOAD, payload, offset, length);
        }
        put(base + FACT_ID, factId);
        put(base + TIMESTAMP_NS, timestampNs);
        put(base + COORDINATION, coordination);
        put(base + TYPE_AND_SENDER, pair(signalType, sender));
        put(base + SUBJECT_AND_RECIPIENT, pair(subject, recipient));
        put(base + LENGTH_AND_COMPLETION, pair(length, completion));
        put(base + QUALITY, Double.doubleToRawLongBits(quality));
        WORDS.setRelease(words, base, sequence);
        next = sequence + 1;
        return sequence;
    }

    private int begin(final long sequence, final byte[] large) {
        final int slot = slot(sequence);
        final int base = FIRST_RECORD + slot * STRIDE;
        WORDS.setRelease(words, base, ~sequence);
        VarHandle.storeStoreFence();
        if (large != null || larges[slot] != null) {
            LARGE.setOpaque(larges, slot, large);
        }
        return base;
    }

    private void putInline(final int base, final byte[] payload, final int offset, final int length) {
        int done = 0;
        int index = base;
        while (length - done >= Long.BYTES) {
            put(index++, (long) BYTES.get(payload, offset + done));
            done += Long.BYTES;
        }
        if (done < length) {
            long rest = 0;
            for (int i = length - 1; i >= done; i--) {
                rest = rest << Byte.SIZE | (payload[offset + i] & 0xff);
            }
            put(index, rest);
        }
    }

    private void put(final int index, final long word) {
        WORDS.setOpaque(words, index, word);
    }

    private long get(final int index) {
        return (long) WORDS.getOpaque(words, index);
    }

    private int slot(final long sequence) {
        return (int) sequence & (capacity - 1);
    }

    private static long pair(final int low, final int high) {
        return (long) high << Integer.SIZE | (low & 0xffff_ffffL);
    }

    private static int low(final long pair) {
        return (int) pair;
    }

    private static int high(final long pair) {
        return (int) (pair >>> Integer.SIZE);
    }

    /**
     * One reader's place and its copy of the record it read last. The getters answer from that copy and stay as they are
     * until the next {@link #poll} that answers {@link #READ}. One thread at a time; nothing allocates.
     */
    public final class Cursor {
        /** Answer of {@link #poll}: one record has been copied into this cursor. */
        public static final int READ = 1;
        /** Answer of {@link #poll}: nothing new. */
        public static final int NOTHING = 0;
        /** Answer of {@link #poll}: the writer came round; see {@link #gapFrom()} and {@link #gapTo()}. */
        public static final int LAPPED = -1;

        private long[] copy = new long[STRIDE];
        private long[] arriving = new long[STRIDE];
        private byte[] large;
        private long sequence = -1;
        private long nextSequence;
        private long gapFrom = -1;
        private long gapTo = -1;

        private Cursor(final long nextSequence) {
            this.nextSequence = nextSequence;
        }

        /**
         * Read the next record, if it is there.
         *
         * @return {@link #READ}; {@link #NOTHING}; or {@link #LAPPED}, after which the cursor stands at the oldest record
         *     that the writer is not about to overwrite.
         */
        public int poll() {
            if (nextSequence >= endSequence()) {
                return NOTHING;
            }
            final int slot = slot(nextSequence);
            final int base = FIRST_RECORD + slot * STRIDE;
            final long stamp = (long) WORDS.getAcquire(words, base);
            if (stamp != nextSequence) {
                return (stamp < 0 ? ~stamp : stamp) > nextSequence ? lapped() : NOTHING;
            }
            for (int i = FACT_ID; i < PAYLOAD; i++) {
                arriving[i] = get(base + i);
            }
            final int length = low(arriving[LENGTH_AND_COMPLETION]);
            byte[] arrivingLarge = null;
            if (length > INLINE_LENGTH_MAX) {
                arrivingLarge = (byte[]) LARGE.getOpaque(larges, slot);
            } else {
                final int payloadEnd = PAYLOAD + (length + Long.BYTES - 1) / Long.BYTES;
                for (int i = PAYLOAD; i < payloadEnd; i++) {
                    arriving[i] = get(base + i);
                }
            }
            VarHandle.acquireFence();
            if ((long) WORDS.getAcquire(words, base) != nextSequence) {
                return lapped();
            }
            final long[] read = arriving;
            arriving = copy;
            copy = read;
            large = arrivingLarge;
            sequence = nextSequence++;
            return READ;
        }

        /** Read {@code fromSequence} next, 0 or more; what stands before it is passed over. */
        public void seek(final long fromSequence) {
            nextSequence = fromSequence;
        }

        private int lapped() {
            gapFrom = nextSequence;
            gapTo = endSequence() - capacity;
            nextSequence = gapTo + 1;
            return LAPPED;
        }

        /** Sequence that the next {@link #poll} looks for. */
        public long nextSequence() {
            return nextSequence;
        }

        /** First sequence missed at the last {@link #LAPPED}, or -1. */
        public long gapFrom() {
            return gapFrom;
        }

        /** Last sequence missed at the last {@link #LAPPED} (inclusive), or -1. */
        public long gapTo() {
            return gapTo;
        }

        /** Sequence of the record read last, or -1 before the first. */
        public long sequence() {
            return sequence;
        }

        /** Id of the fact that the signal is. */
        public long factId() {
            return copy[FACT_ID];
        }

        /** Kernel time in nanoseconds. */
        public long timestampNs() {
            return copy[TIMESTAMP_NS];
        }

        /** Handle of the coordination. */
        public long coordination() {
            return copy[COORDINATION];
        }

        /** Name id. */
        public int signalType() {
            return low(copy[TYPE_AND_SENDER]);
        }

        /** Name id. */
        public int sender() {
            return high(copy[TYPE_AND_SENDER]);
        }

        /** Name id. */
        public int subject() {
            return low(copy[SUBJECT_AND_RECIPIENT]);
        }

        /** Name id. */
        public int recipient() {
            return high(copy[SUBJECT_AND_RECIPIENT]);
        }

        /** The writer's code. */
        public int completion() {
            return high(copy[LENGTH_AND_COMPLETION]);
        }

        /** As appended, NaN with its bits. */
        public double quality() {
            return Double.longBitsToDouble(copy[QUALITY]);
        }

        /** In bytes. */
        public int payloadLength() {
            return low(copy[LENGTH_AND_COMPLETION]);
        }

        /**
         * Copy the whole payload.
         *
         * @param offset where it goes in the target.
         * @return {@link #payloadLength()}.
         * @throws IndexOutOfBoundsException if the target has no room for it there; nothing is copied.
         */
        public int copyPayload(final byte[] target, final int offset) {
            final int length = payloadLength();
            Objects.checkFromIndexSize(offset, length, target.length);
            if (large != null) {
                System.arraycopy(large, 0, target, offset, length);
                return length;
            }
            int done = 0;
            for (int index = PAYLOAD; length - done >= Long.BYTES; index++) {
                BYTES.set(target, offset + done, copy[index]);
                done += Long.BYTES;
            }
            for (int shift = 0; done < length; shift += Byte.SIZE) {
                target[offset + done] = (byte) (copy[PAYLOAD + done / Long.BYTES] >>> shift);
                done++;
            }
            return length;
        }
    }
}
