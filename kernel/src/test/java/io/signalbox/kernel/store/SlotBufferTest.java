package io.signalbox.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** {@link ByteBuffer} is the oracle: what one writes the other reads, and both refuse the same places. */
class SlotBufferTest {
    private static final int CAPACITY = 40;
    private static final int BEFORE = 3;
    private static final int BEHIND = 9;

    private final byte[] actualBytes = new byte[BEFORE + CAPACITY + BEHIND];
    private final byte[] expectedBytes = new byte[BEFORE + CAPACITY + BEHIND];
    private final SlotBuffer actual = new SlotBuffer(0);
    private final ByteBuffer expected =
            ByteBuffer.wrap(expectedBytes, BEFORE, CAPACITY).slice();

    SlotBufferTest() {
        actual.wrap(actualBytes, BEFORE, CAPACITY);
    }

    @Property
    void shouldWriteAndReadNumbersAsAByteBufferDoes(
            @ForAll @IntRange(min = 0, max = 5) final int type,
            @ForAll @IntRange(min = -2, max = CAPACITY + 1) final int index,
            @ForAll final long value,
            @ForAll final boolean little) {
        final ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        final boolean refused = throwsOutOfBounds(() -> writeExpected(type, index, value, order));

        assertThat(throwsOutOfBounds(() -> writeActual(type, index, value, order)))
                .isEqualTo(refused);
        assertThat(actualBytes).isEqualTo(expectedBytes);
        assertThat(throwsOutOfBounds(() -> readActual(type, index, order))).isEqualTo(refused);
        if (!refused) {
            assertThat(readActual(type, index, order)).isEqualTo(readExpected(type, index));
        }
    }

    @Property
    void shouldCopyBytesAsAByteBufferDoes(
            @ForAll final byte[] source,
            @ForAll @IntRange(min = -2, max = CAPACITY + 1) final int index,
            @ForAll @IntRange(min = -1, max = 50) final int offset,
            @ForAll @IntRange(min = -1, max = 50) final int length) {
        final boolean refused = throwsOutOfBounds(() -> expected.put(index, source, offset, length));

        assertThat(throwsOutOfBounds(() -> actual.putBytes(index, source, offset, length)))
                .isEqualTo(refused);
        assertThat(actualBytes).isEqualTo(expectedBytes);
        final byte[] actualTarget = new byte[source.length];
        final byte[] expectedTarget = new byte[source.length];
        assertThat(throwsOutOfBounds(() -> actual.getBytes(index, actualTarget, offset, length)))
                .isEqualTo(throwsOutOfBounds(() -> expected.get(index, expectedTarget, offset, length)));
        assertThat(actualTarget).isEqualTo(expectedTarget);
    }

    @Test
    void shouldUseTheNativeOrderWhenNoneIsNamed() {
        actual.putLong(0, 0x0102030405060708L);
        actual.putInt(8, 0x01020304);
        actual.putShort(12, (short) 0x0102);
        actual.putChar(14, '\u0102');
        actual.putDouble(16, 1.5);
        actual.putFloat(24, 2.5f);
        actual.putByte(28, (byte) -1);
        final ByteOrder order = ByteOrder.nativeOrder();

        assertThat(actual.getLong(0)).isEqualTo(actual.getLong(0, order)).isEqualTo(0x0102030405060708L);
        assertThat(actual.getInt(8)).isEqualTo(actual.getInt(8, order)).isEqualTo(0x01020304);
        assertThat(actual.getShort(12)).isEqualTo(actual.getShort(12, order)).isEqualTo((short) 0x0102);
        assertThat(actual.getChar(14)).isEqualTo(actual.getChar(14, order)).isEqualTo('\u0102');
        assertThat(actual.getDouble(16)).isEqualTo(actual.getDouble(16, order)).isEqualTo(1.5);
        assertThat(actual.getFloat(24)).isEqualTo(actual.getFloat(24, order)).isEqualTo(2.5f);
        assertThat(actual.getByte(28)).isEqualTo((byte) -1);
    }

    @Test
    void shouldNameIndexLengthAndCapacityWhenOutside() {
        assertThatThrownBy(() -> actual.getLong(CAPACITY - 7))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("outside the buffer: index=33 length=8 capacity=40");
        assertThatThrownBy(() -> actual.boundsCheck(Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> actual.checkLimit(CAPACITY + 1)).isInstanceOf(IndexOutOfBoundsException.class);
        actual.checkLimit(CAPACITY);
        assertThatThrownBy(() -> actual.wrap(new byte[4], 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(actual.capacity()).isEqualTo(CAPACITY);
    }

    @Test
    void shouldWrapOtherBuffersWithoutCopying() {
        actual.putInt(4, 77, ByteOrder.LITTLE_ENDIAN);
        final SlotBuffer window = new SlotBuffer(0);

        window.wrap(actual, 4, 8);
        assertThat(window.byteArray()).isSameAs(actualBytes);
        assertThat(window.wrapAdjustment()).isEqualTo(BEFORE + 4);
        assertThat(window.capacity()).isEqualTo(8);
        assertThat(window.getInt(0, ByteOrder.LITTLE_ENDIAN)).isEqualTo(77);

        window.wrap(actual);
        assertThat(window.compareTo(actual)).isZero();

        window.wrap(ByteBuffer.wrap(actualBytes, BEFORE, CAPACITY).slice(), 4, 8);
        assertThat(window.getInt(0, ByteOrder.LITTLE_ENDIAN)).isEqualTo(77);
        assertThatThrownBy(() -> window.wrap(ByteBuffer.allocateDirect(8)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("putBytes(int, ByteBuffer, int)");
    }

    @Test
    void shouldExchangeBytesWithOtherBuffers() {
        final SlotBuffer other = new SlotBuffer(8);
        final ByteBuffer direct = ByteBuffer.allocateDirect(8);
        actual.setMemory(10, 4, (byte) 7);

        actual.getBytes(10, other, 2, 4);
        actual.getBytes(10, direct, 4, 4);
        actual.getBytes(10, direct, 4);
        assertThat(direct.position()).isEqualTo(4);
        actual.putBytes(20, other, 2, 4);
        actual.putBytes(24, direct, 4, 4);
        actual.putBytes(28, direct, 4);

        final byte[] copied = new byte[12];
        actual.getBytes(20, copied);
        final byte[] sevens = new byte[12];
        Arrays.fill(sevens, (byte) 7);
        assertThat(copied).isEqualTo(sevens);
        actual.putBytes(0, sevens);
        assertThat(actual.getByte(11)).isEqualTo((byte) 7);
        assertThat(actual.getByte(12)).isEqualTo((byte) 7);
        assertThat(actual.getByte(14)).isZero();
    }

    @Test
    void shouldCompareAsUnsignedBytes() {
        final SlotBuffer small = new SlotBuffer(2);
        final SlotBuffer large = new SlotBuffer(2);
        final SlotBuffer longer = new SlotBuffer(3);
        large.putByte(1, (byte) 0xff);

        assertThat(small.compareTo(large)).isNegative();
        assertThat(large.compareTo(small)).isPositive();
        assertThat(small.compareTo(longer)).isNegative();
    }

    @Test
    void shouldRefuseTextAndAddressesAndSayWhatToUse() {
        assertThatThrownBy(() -> actual.putStringUtf8(0, "x"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("getBytes(UTF_8)");
        assertThatThrownBy(actual::addressOffset)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("byteArray()");
        assertThat(actual.byteBuffer()).isNull();
        assertThat(actual.isExpandable()).isFalse();
        assertThat(actual).hasToString("SlotBuffer[offset=3, capacity=40]");
        assertThatThrownBy(() -> new SlotBuffer(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private void writeActual(final int type, final int index, final long value, final ByteOrder order) {
        switch (type) {
            case 0 -> actual.putLong(index, value, order);
            case 1 -> actual.putInt(index, (int) value, order);
            case 2 -> actual.putShort(index, (short) value, order);
            case 3 -> actual.putChar(index, (char) value, order);
            case 4 -> actual.putDouble(index, Double.longBitsToDouble(value), order);
            default -> actual.putFloat(index, Float.intBitsToFloat((int) value), order);
        }
    }

    private void writeExpected(final int type, final int index, final long value, final ByteOrder order) {
        expected.order(order);
        switch (type) {
            case 0 -> expected.putLong(index, value);
            case 1 -> expected.putInt(index, (int) value);
            case 2 -> expected.putShort(index, (short) value);
            case 3 -> expected.putChar(index, (char) value);
            case 4 -> expected.putDouble(index, Double.longBitsToDouble(value));
            default -> expected.putFloat(index, Float.intBitsToFloat((int) value));
        }
    }

    private Object readActual(final int type, final int index, final ByteOrder order) {
        return switch (type) {
            case 0 -> actual.getLong(index, order);
            case 1 -> actual.getInt(index, order);
            case 2 -> actual.getShort(index, order);
            case 3 -> actual.getChar(index, order);
            case 4 -> actual.getDouble(index, order);
            default -> actual.getFloat(index, order);
        };
    }

    private Object readExpected(final int type, final int index) {
        return switch (type) {
            case 0 -> expected.getLong(index);
            case 1 -> expected.getInt(index);
            case 2 -> expected.getShort(index);
            case 3 -> expected.getChar(index);
            case 4 -> expected.getDouble(index);
            default -> expected.getFloat(index);
        };
    }

    private static boolean throwsOutOfBounds(final Runnable access) {
        try {
            access.run();
            return false;
        } catch (final IndexOutOfBoundsException refused) {
            return true;
        }
    }
}
