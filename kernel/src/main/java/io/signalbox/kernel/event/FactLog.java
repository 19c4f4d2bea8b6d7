package io.signalbox.kernel.event;

import java.util.Arrays;

/**
 * The facts of one turn: at most {@value #FACTS_MAX} records of eight longs. It grows while it is walked. Allocated once.
 *
 * <pre>
 *   word 0            1             2..5     6                7
 *  | type, extra     | coordination | a b c d | second payload | payload |
 * </pre>
 *
 * A payload is a range of the bytes of the command being decided: {@code offset << 32 | length}; 0 means none. What the machine
 * itself has written ({@link #keep}) is a range below 0. It is valid only during the turn. One thread at a time.
 */
public final class FactLog {
    /** A turn is bounded. */
    public static final int FACTS_MAX = 1024;

    /** Words in a record. */
    public static final int WORDS = 8;

    /** A fan-out stops when fewer places than this are left, so that one step of it always fits. */
    public static final int RESERVE = 8;

    private final long[] words = new long[FACTS_MAX * WORDS];
    private int count;
    private long position;
    private long timestampNs;
    private byte[] source = new byte[0];
    private int sourceOffset;
    private byte[] kept = new byte[256];
    private int keptLength;

    /** Start a turn. */
    public void begin(final long position, final long timestampNs) {
        this.count = 0;
        this.keptLength = 0;
        this.position = position;
        this.timestampNs = timestampNs;
    }

    /** The bytes that payload ranges refer to from here on. */
    public void source(final byte[] bytes, final int offset) {
        if (source != bytes) { // a reference store has its price with a collector that keeps remembered sets
            source = bytes;
        }
        sourceOffset = offset;
    }

    /** Append a fact and return its index. Only the machine calls it: a fact changes a store in the same breath. */
    public int append(
            final FactType type,
            final int extra,
            final long coordination,
            final long a,
            final long b,
            final long c,
            final long d,
            final long secondPayload,
            final long payload) {
        final int index = count;
        if (index == FACTS_MAX) {
            throw new IllegalStateException(
                    "a turn is bounded to " + FACTS_MAX + " facts; the one that did not fit: " + type);
        }
        final int at = index * WORDS;
        words[at] = type.code() | ((long) extra << 32);
        words[at + 1] = coordination;
        words[at + 2] = a;
        words[at + 3] = b;
        words[at + 4] = c;
        words[at + 5] = d;
        words[at + 6] = secondPayload;
        words[at + 7] = payload;
        count = index + 1;
        return index;
    }

    /** Facts so far in this turn. */
    public int count() {
        return count;
    }

    /** Whether a fan-out may go on in this turn. */
    public boolean hasRoom() {
        return count <= FACTS_MAX - RESERVE;
    }

    /** Places that are left in this turn. */
    public int room() {
        return FACTS_MAX - count;
    }

    /** Position of the command of this turn. */
    public long position() {
        return position;
    }

    /** Time of the command of this turn, in nanoseconds. */
    public long timestampNs() {
        return timestampNs;
    }

    /** The factId of the fact at {@code index}: {@code position << 16 | index}. */
    public long factId(final int index) {
        return position << 16 | index;
    }

    /** The words of all facts; that of a fact {@code i} start at {@code i * WORDS}. For {@link Fact}. */
    long[] words() {
        return words;
    }

    /** Copy the eight words of the fact at {@code index}. */
    public void copyTo(final int index, final long[] target, final int targetOffset) {
        System.arraycopy(words, index * WORDS, target, targetOffset, WORDS);
    }

    /** Word {@code word} of the fact at {@code index}. */
    public long word(final int index, final int word) {
        return words[index * WORDS + word];
    }

    /** The bytes payloads of the command are ranges of. */
    public byte[] source() {
        return source;
    }

    /** The bytes that a payload is a range of. */
    public byte[] source(final long payload) {
        return payload < 0 ? kept : source;
    }

    /** Where a payload range starts in {@link #source(long)}. */
    public int sourceIndex(final long payload) {
        return payload < 0 ? (int) (payload >>> 32) & Integer.MAX_VALUE : sourceOffset + (int) (payload >>> 32);
    }

    /** A copy of a payload, or an empty array. */
    public byte[] copyOf(final long payload) {
        final int from = sourceIndex(payload);
        final int length = (int) payload;
        return length == 0 ? EMPTY : Arrays.copyOfRange(source(payload), from, from + length);
    }

    /** Keep bytes that no command has brought, as a payload of a fact of this turn. */
    public long keep(final byte[] bytes) {
        if (bytes.length > kept.length - keptLength) {
            kept = Arrays.copyOf(kept, Math.max(kept.length * 2, keptLength + bytes.length));
        }
        System.arraycopy(bytes, 0, kept, keptLength, bytes.length);
        final long payload = Long.MIN_VALUE | range(keptLength, bytes.length);
        keptLength += bytes.length;
        return payload;
    }

    /** A range of the command's bytes as one word. */
    public static long range(final int offset, final int length) {
        return (long) offset << 32 | length;
    }

    private static final byte[] EMPTY = new byte[0];
}
