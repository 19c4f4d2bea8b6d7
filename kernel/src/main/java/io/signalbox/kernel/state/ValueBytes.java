package io.signalbox.kernel.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads and compares values as the bytes they are, wherever these stand. The same on every JDK. */
final class ValueBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NOTHING = new byte[0];
    private static final double TWO_TO_THE_63 = 0x1p63;

    /** {@link #order}: the two cannot be compared. */
    static final int UNORDERED = 2;

    private ValueBytes() {}

    static long longAt(final byte[] bytes, final int index) {
        return (long) LONGS.get(bytes, index);
    }

    static double doubleAt(final byte[] bytes, final int index) {
        return Double.longBitsToDouble(longAt(bytes, index));
    }

    static int intAt(final byte[] bytes, final int index) {
        return (int) INTS.get(bytes, index);
    }

    static byte[] of(final long value) {
        final byte[] bytes = new byte[Long.BYTES];
        LONGS.set(bytes, 0, value);
        return bytes;
    }

    static byte[] copy(final byte[] bytes, final int from, final int length) {
        return length == 0 ? NOTHING : Arrays.copyOfRange(bytes, from, from + length);
    }

    static void putLong(final byte[] bytes, final int index, final long value) {
        LONGS.set(bytes, index, value);
    }

    static void putInt(final byte[] bytes, final int index, final int value) {
        INTS.set(bytes, index, value);
    }

    /**
     * How one value stands to another: -1 less, 0 equal, 1 greater, {@link #UNORDERED}. Numbers compare by their exact value, also a
     * LONG with a DOUBLE, and NaN with nothing; other types with their own kind: false before true, bytes as unsigned numbers.
     */
    static int order(final ValueType typeOfOne, final byte[] one, final ValueType typeOfTwo, final byte[] two) {
        if (typeOfOne == typeOfTwo) {
            return switch (typeOfOne) {
                case NULL -> 0;
                case BOOLEAN, TEXT, JSON, BYTES -> Integer.signum(Arrays.compareUnsigned(one, two));
                case LONG -> Long.compare(longAt(one, 0), longAt(two, 0));
                case DOUBLE -> order(doubleAt(one, 0), doubleAt(two, 0));
            };
        }
        if (typeOfOne == ValueType.LONG && typeOfTwo == ValueType.DOUBLE) {
            return order(longAt(one, 0), doubleAt(two, 0));
        }
        if (typeOfOne == ValueType.DOUBLE && typeOfTwo == ValueType.LONG) {
            final int reversed = order(longAt(two, 0), doubleAt(one, 0));
            return reversed == UNORDERED ? UNORDERED : -reversed;
        }
        return UNORDERED;
    }

    private static int order(final double one, final double two) {
        return one < two ? -1 : one > two ? 1 : one == two ? 0 : UNORDERED;
    }

    /** Exact: a long has more digits than a double. */
    private static int order(final long one, final double two) {
        if (Double.isNaN(two)) {
            return UNORDERED;
        }
        if (two >= TWO_TO_THE_63) {
            return -1;
        }
        if (two < -TWO_TO_THE_63) {
            return 1;
        }
        final long whole = (long) two;
        return one != whole ? Long.compare(one, whole) : order((double) whole, two);
    }

    /** Where {@code part} first stands in {@code whole}, or -1. */
    static int indexOf(final byte[] whole, final byte[] part) {
        for (int at = 0; at <= whole.length - part.length; at++) {
            if (startsWith(whole, at, part)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether {@code part} stands in {@code whole} at an index. */
    static boolean startsWith(final byte[] whole, final int at, final byte[] part) {
        return at >= 0
                && at + part.length <= whole.length
                && Arrays.equals(whole, at, at + part.length, part, 0, part.length);
    }
}
