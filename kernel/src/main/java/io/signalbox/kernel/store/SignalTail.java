package io.signalbox.kernel.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
 *   6                                                             7              8 ... 15
 *  | length 0..31 | completion, priority 32..47, attachment 48..63 | quality bits | attachment and payload, up to 64 bytes |
 *
 *  stamp   s: holds the record of sequence s      ~s (negative): the record of sequence s is being written
 * </pre>
 * What few signals have stands in an attachment before the payload, counted in the length: the position it answers (8 bytes, -1 for
 * none), its origin (4), its recipients when they are several (4 each). Larger ones stand beside the ring, attachment and payload, as
 * a byte array that nobody changes any more.
 *
 * <p><b>Memory order.</b> The writer stores the stamp {@code ~s} with release (so that whoever sees it sees the end that
 * came before), then a store-store fence, then the fields opaque, then the stamp {@code s} with release, then the end
 * with release. A reader loads the stamp with acquire, the fields opaque, then an acquire fence, then the stamp again
 * with acquire. Had one field come from a later record, the fences would show the second load that record's stamp: the
 * copy is dropped and the reader told. No reader waits, tries again by itself, or holds up the writer.
 *
 * <p>{@link #begin} and the {@link Entry} belong to the writer, one thread at a time. {@link #newCursor} and
 * {@link #endSequence} may be called by any thread; each {@link Cursor} belongs to one thread.
 */
public final class SignalTail {
    /** Most bytes of attachment and payload that are kept in the ring; more cost an array of their own. */
    public static final int INLINE_LENGTH_MAX = 64;
    /** Most records that one tail can hold. */
    public static final int CAPACITY_MAX = 1 << 26;

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle LARGE = MethodHandles.arrayElementVarHandle(byte[][].class);

    private static final int STRIDE = SignalRecord.STRIDE;
    private static final int END = STRIDE; // alone between two paddings: the writer stores it with every record
    private static final int FIRST_RECORD = 2 * STRIDE;
    private static final long UNWRITTEN = ~0L;

    private final int capacity;
    private final long[] words;
    private final byte[][] larges;
    private final Entry entry = new Entry();
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
     * Begin the next record. Writer only. Everything of it has to be given, {@link Entry#end} last; until then readers of the record
     * that stood there are told that they are lapped.
     *
     * @param timestampNs kernel time in nanoseconds.
     */
    public Entry begin(final long factId, final long timestampNs, final long coordination) {
        final int base = FIRST_RECORD + slot(next) * STRIDE;
        WORDS.setRelease(words, base, ~next);
        VarHandle.storeStoreFence();
        entry.base = base;
        put(base + SignalRecord.FACT_ID, factId);
        put(base + SignalRecord.TIMESTAMP_NS, timestampNs);
        put(base + SignalRecord.COORDINATION, coordination);
        return entry;
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

    private void put(final int index, final long word) {
        WORDS.setOpaque(words, index, word);
    }

    private long get(final int index) {
        return (long) WORDS.getOpaque(words, index);
    }

    private int slot(final long sequence) {
        return (int) sequence & (capacity - 1);
    }

    /** The record that {@link #begin} began. The writer's; one for the tail, used again and again, so nothing is allocated. */
    public final class Entry {
        private int base;

        private Entry() {}

        /** Whose it is: name ids, 0 for none; {@link SignalRecord#SEVERAL} recipients stand in the attachment. */
        public Entry names(final int signalType, final int sender, final int subject, final int recipient) {
            put(base + SignalRecord.TYPE_AND_SENDER, SignalRecord.pair(signalType, sender));
            put(base + SignalRecord.SUBJECT_AND_RECIPIENT, SignalRecord.pair(subject, recipient));
            return this;
        }

        /** What it says besides its payload; any double, NaN when there is none. */
        public Entry quality(final double quality) {
            put(base + SignalRecord.QUALITY, Double.doubleToRawLongBits(quality));
            return this;
        }

        /**
         * What it carries, and the end of the record. Allocates nothing up to {@link #INLINE_LENGTH_MAX} bytes, else a copy.
         *
         * @param completion the caller's code, 0 to 255.
         * @param priority 0 to 255.
         * @param attachmentLength bytes that stand before the payload, 0 or {@link SignalRecord#ATTACHMENT_HEAD} and more, below 2^16.
         * @param source is copied, never kept; may be any array when {@code length} is 0.
         * @param length of attachment and payload, 0 or more.
         * @return the signal's sequence.
         */
        public long end(
                final int completion,
                final int priority,
                final int attachmentLength,
                final byte[] source,
                final int offset,
                final int length) {
            Objects.checkFromIndexSize(offset, length, source.length);
            final long sequence = next;
            final int slot = slot(sequence);
            if (length > INLINE_LENGTH_MAX) {
                LARGE.setOpaque(larges, slot, Arrays.copyOfRange(source, offset, offset + length));
            } else {
                if (larges[slot] != null) {
                    LARGE.setOpaque(larges, slot, null);
                }
                putInline(source, offset, length);
            }
            final int marks = attachmentLength << 16 | priority << 8 | completion;
            put(base + SignalRecord.LENGTH_AND_MARKS, SignalRecord.pair(length, marks));
            WORDS.setRelease(words, base, sequence);
            next = sequence + 1;
            return sequence;
        }

        private void putInline(final byte[] source, final int offset, final int length) {
            int done = 0;
            int index = base + SignalRecord.PAYLOAD;
            while (length - done >= Long.BYTES) {
                put(index++, (long) SignalRecord.BYTES.get(source, offset + done));
                done += Long.BYTES;
            }
            if (done < length) {
                long rest = 0;
                for (int i = length - 1; i >= done; i--) {
                    rest = rest << Byte.SIZE | (source[offset + i] & 0xff);
                }
                put(index, rest);
            }
        }
    }

    /**
     * One reader's place and its copy of the record it read last. The getters answer from that copy and stay as they are
     * until the next {@link #poll} that answers {@link #READ}. One thread at a time; nothing allocates.
     */
    public final class Cursor extends SignalRecord {
        /** Answer of {@link #poll}: one record has been copied into this cursor. */
        public static final int READ = 1;
        /** Answer of {@link #poll}: nothing new. */
        public static final int NOTHING = 0;
        /** Answer of {@link #poll}: the writer came round; see {@link #gapFrom()} and {@link #gapTo()}. */
        public static final int LAPPED = -1;

        private long[] arriving = new long[STRIDE];
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
            final int length = low(arriving[LENGTH_AND_MARKS]);
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
    }
}
