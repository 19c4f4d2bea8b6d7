package io.signalbox.kernel.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The bytes of one slot, as the command codecs see them: a window on a byte array, read and written through
 * {@code VarHandle}s, so that no {@code Unsafe} is loaded. A flyweight: wrapping allocates nothing.
 *
 * <p>Every access is checked against the window, never against the array behind it, whatever Agrona's system
 * properties say; one outside throws {@link IndexOutOfBoundsException} naming index, length and capacity. The window
 * never grows. Methods without a byte order use the native one, as Agrona's do; what is journaled names its order.
 * Text is not spoken here: those methods throw {@link UnsupportedOperationException}.
 *
 * <p>One thread at a time. Stores are plain; whoever hands the bytes on publishes them. Equality is identity;
 * {@link #compareTo} compares content.
 */
public final class SlotBuffer extends TextlessBuffer {
    private static final byte[] NOTHING = new byte[0];
    private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT_LE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_BE = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private byte[] bytes = NOTHING;
    private int base;
    private int capacity;

    /**
     * A buffer over zeroed bytes of its own.
     *
     * @param capacity in bytes, 0 or more; 0 makes a flyweight that waits to be wrapped.
     */
    public SlotBuffer(final int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity must not be negative: " + capacity);
        }
        wrap(capacity == 0 ? NOTHING : new byte[capacity]);
    }

    private static VarHandle view(final Class<?> arrayType, final ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, order).withInvokeExactBehavior();
    }

    @Override
    public void wrap(final byte[] bytes) {
        wrap(bytes, 0, bytes.length);
    }

    /**
     * Become a window on {@code length} bytes of an array, which is shared, not copied.
     *
     * @throws IndexOutOfBoundsException if the window does not lie in the array; the buffer stays as it was.
     */
    @Override
    public void wrap(final byte[] bytes, final int offset, final int length) {
        check(offset, length, bytes.length);
        if (this.bytes != bytes) { // a reference store has its price with a collector that keeps remembered sets
            this.bytes = bytes;
        }
        this.base = offset;
        this.capacity = length;
    }

    @Override
    public void wrap(final ByteBuffer buffer) {
        wrap(buffer, 0, buffer.capacity());
    }

    /** As {@link #wrap(byte[], int, int)}; the buffer must have an array, as heap buffers do. */
    @Override
    public void wrap(final ByteBuffer buffer, final int offset, final int length) {
        check(offset, length, buffer.capacity());
        if (!buffer.hasArray()) {
            throw new UnsupportedOperationException("a writable heap ByteBuffer was expected, found " + buffer
                    + ": copy it with putBytes(int, ByteBuffer, int)");
        }
        wrap(buffer.array(), buffer.arrayOffset() + offset, length);
    }

    @Override
    public void wrap(final DirectBuffer buffer) {
        wrap(buffer, 0, buffer.capacity());
    }

    /** As {@link #wrap(byte[], int, int)}; the buffer must have an array. */
    @Override
    public void wrap(final DirectBuffer buffer, final int offset, final int length) {
        check(offset, length, buffer.capacity());
        final byte[] array = buffer.byteArray();
        if (array == null) {
            throw new UnsupportedOperationException("a buffer over a byte[] was expected, found "
                    + buffer.getClass().getName() + ": copy it with putBytes(int, DirectBuffer, int, int)");
        }
        wrap(array, buffer.wrapAdjustment() + offset, length);
    }

    /** The array behind the window; index 0 of the window is its element {@link #wrapAdjustment()}. */
    @Override
    public byte[] byteArray() {
        return bytes;
    }

    @Override
    public int wrapAdjustment() {
        return base;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    /** Never. */
    @Override
    public boolean isExpandable() {
        return false;
    }

    @Override
    public void checkLimit(final int limit) {
        check(0, limit, capacity);
    }

    @Override
    public void boundsCheck(final int index, final int length) {
        check(index, length, capacity);
    }

    @Override
    public long getLong(final int index, final ByteOrder order) {
        final int at = at(index, Long.BYTES);
        return order == ByteOrder.LITTLE_ENDIAN ? (long) LONG_LE.get(bytes, at) : (long) LONG_BE.get(bytes, at);
    }

    @Override
    public long getLong(final int index) {
        return getLong(index, NATIVE);
    }

    @Override
    public int getInt(final int index, final ByteOrder order) {
        final int at = at(index, Integer.BYTES);
        return order == ByteOrder.LITTLE_ENDIAN ? (int) INT_LE.get(bytes, at) : (int) INT_BE.get(bytes, at);
    }

    @Override
    public int getInt(final int index) {
        return getInt(index, NATIVE);
    }

    @Override
    public short getShort(final int index, final ByteOrder order) {
        final int at = at(index, Short.BYTES);
        return order == ByteOrder.LITTLE_ENDIAN ? (short) SHORT_LE.get(bytes, at) : (short) SHORT_BE.get(bytes, at);
    }

    @Override
    public short getShort(final int index) {
        return getShort(index, NATIVE);
    }

    @Override
    public char getChar(final int index, final ByteOrder order) {
        return (char) getShort(index, order);
    }

    @Override
    public char getChar(final int index) {
        return (char) getShort(index, NATIVE);
    }

    @Override
    public double getDouble(final int index, final ByteOrder order) {
        return Double.longBitsToDouble(getLong(index, order));
    }

    @Override
    public double getDouble(final int index) {
        return getDouble(index, NATIVE);
    }

    @Override
    public float getFloat(final int index, final ByteOrder order) {
        return Float.intBitsToFloat(getInt(index, order));
    }

    @Override
    public float getFloat(final int index) {
        return getFloat(index, NATIVE);
    }

    @Override
    public byte getByte(final int index) {
        return bytes[at(index, Byte.BYTES)];
    }

    @Override
    public void getBytes(final int index, final byte[] target) {
        getBytes(index, target, 0, target.length);
    }

    @Override
    public void getBytes(final int index, final byte[] target, final int offset, final int length) {
        check(offset, length, target.length);
        System.arraycopy(bytes, at(index, length), target, offset, length);
    }

    @Override
    public void getBytes(final int index, final MutableDirectBuffer target, final int targetIndex, final int length) {
        target.putBytes(targetIndex, bytes, at(index, length), length);
    }

    @Override
    public void getBytes(final int index, final ByteBuffer target, final int length) {
        target.put(bytes, at(index, length), length);
    }

    @Override
    public void getBytes(final int index, final ByteBuffer target, final int targetIndex, final int length) {
        target.put(targetIndex, bytes, at(index, length), length);
    }

    @Override
    public void setMemory(final int index, final int length, final byte value) {
        final int at = at(index, length);
        Arrays.fill(bytes, at, at + length, value);
    }

    @Override
    public void putLong(final int index, final long value, final ByteOrder order) {
        final int at = at(index, Long.BYTES);
        if (order == ByteOrder.LITTLE_ENDIAN) {
            LONG_LE.set(bytes, at, value);
        } else {
            LONG_BE.set(bytes, at, value);
        }
    }

    @Override
    public void putLong(final int index, final long value) {
        putLong(index, value, NATIVE);
    }

    @Override
    public void putInt(final int index, final int value, final ByteOrder order) {
        final int at = at(index, Integer.BYTES);
        if (order == ByteOrder.LITTLE_ENDIAN) {
            INT_LE.set(bytes, at, value);
        } else {
            INT_BE.set(bytes, at, value);
        }
    }

    @Override
    public void putInt(final int index, final int value) {
        putInt(index, value, NATIVE);
    }

    @Override
    public void putShort(final int index, final short value, final ByteOrder order) {
        final int at = at(index, Short.BYTES);
        if (order == ByteOrder.LITTLE_ENDIAN) {
            SHORT_LE.set(bytes, at, value);
        } else {
            SHORT_BE.set(bytes, at, value);
        }
    }

    @Override
    public void putShort(final int index, final short value) {
        putShort(index, value, NATIVE);
    }

    @Override
    public void putChar(final int index, final char value, final ByteOrder order) {
        putShort(index, (short) value, order);
    }

    @Override
    public void putChar(final int index, final char value) {
        putShort(index, (short) value, NATIVE);
    }

    @Override
    public void putDouble(final int index, final double value, final ByteOrder order) {
        putLong(index, Double.doubleToRawLongBits(value), order);
    }

    @Override
    public void putDouble(final int index, final double value) {
        putDouble(index, value, NATIVE);
    }

    @Override
    public void putFloat(final int index, final float value, final ByteOrder order) {
        putInt(index, Float.floatToRawIntBits(value), order);
    }

    @Override
    public void putFloat(final int index, final float value) {
        putFloat(index, value, NATIVE);
    }

    @Override
    public void putByte(final int index, final byte value) {
        bytes[at(index, Byte.BYTES)] = value;
    }

    @Override
    public void putBytes(final int index, final byte[] source) {
        putBytes(index, source, 0, source.length);
    }

    @Override
    public void putBytes(final int index, final byte[] source, final int offset, final int length) {
        check(offset, length, source.length);
        System.arraycopy(source, offset, bytes, at(index, length), length);
    }

    @Override
    public void putBytes(final int index, final ByteBuffer source, final int length) {
        source.get(bytes, at(index, length), length);
    }

    @Override
    public void putBytes(final int index, final ByteBuffer source, final int sourceIndex, final int length) {
        source.get(sourceIndex, bytes, at(index, length), length);
    }

    @Override
    public void putBytes(final int index, final DirectBuffer source, final int sourceIndex, final int length) {
        source.getBytes(sourceIndex, bytes, at(index, length), length);
    }

    /** By content, bytes as unsigned numbers, the shorter first when it is a prefix of the longer. */
    @Override
    public int compareTo(final DirectBuffer other) {
        final int common = Math.min(capacity, other.capacity());
        for (int i = 0; i < common; i++) {
            final int order = Byte.compareUnsigned(getByte(i), other.getByte(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(capacity, other.capacity());
    }

    /** The window, never its content: payloads may be secret. */
    @Override
    public String toString() {
        return "SlotBuffer[offset=" + base + ", capacity=" + capacity + "]";
    }

    private int at(final int index, final int length) {
        check(index, length, capacity);
        return base + index;
    }

    private static void check(final int index, final int length, final int capacity) {
        if ((index | length) < 0 || length > capacity - index) {
            throw outside(index, length, capacity);
        }
    }

    private static IndexOutOfBoundsException outside(final int index, final int length, final int capacity) {
        return new IndexOutOfBoundsException(
                "outside the buffer: index=" + index + " length=" + length + " capacity=" + capacity);
    }
}
