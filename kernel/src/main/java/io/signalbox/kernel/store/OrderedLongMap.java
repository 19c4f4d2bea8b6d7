package io.signalbox.kernel.store;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * A long to long table that is walked in the order of first insertion. Lookup is Agrona's open addressing, which is never
 * iterated. Nothing is removed but everything. One thread at a time; grows privately.
 */
public final class OrderedLongMap {
    private static final long ABSENT = -1;

    private final Long2LongHashMap indexByKey = new Long2LongHashMap(8, 0.6f, ABSENT);
    private long[] keys = new long[4];
    private long[] values = new long[4];
    private int size;

    /** Index of the key in insertion order, or -1. */
    public int indexOf(final long key) {
        return (int) indexByKey.get(key);
    }

    /** Value of the key, or {@code missing}. */
    public long get(final long key, final long missing) {
        final int index = indexOf(key);
        return index < 0 ? missing : values[index];
    }

    /** Set the value of the key; a known key allocates nothing. */
    public void put(final long key, final long value) {
        final int index = indexOf(key);
        if (index >= 0) {
            values[index] = value;
            return;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        keys[size] = key;
        values[size] = value;
        indexByKey.put(key, size++);
    }

    /** Add to the value of the key, which is 0 before the first time; a known key allocates nothing. */
    public void add(final long key, final long amount) {
        final int index = indexOf(key);
        if (index >= 0) {
            values[index] += amount;
        } else {
            put(key, amount);
        }
    }

    /** Keys so far. */
    public int size() {
        return size;
    }

    /** Key number {@code index} in insertion order. */
    public long keyAt(final int index) {
        return keys[index];
    }

    /** Its value. */
    public long valueAt(final int index) {
        return values[index];
    }
}
