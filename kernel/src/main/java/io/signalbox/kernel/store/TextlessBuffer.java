package io.signalbox.kernel.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * The half of Agrona's buffer interfaces that Signalbox has no use for: text, numbers as text, raw addresses. Each
 * method refuses and says what to use instead, so that {@link SlotBuffer} reads as what it is.
 */
abstract class TextlessBuffer implements MutableDirectBuffer {
    private static UnsupportedOperationException noText() {
        return new UnsupportedOperationException("SlotBuffer holds no text: expected getBytes or putBytes with bytes"
                + " that the caller encodes; use String.getBytes(UTF_8) and new String(bytes, UTF_8)");
    }

    private static UnsupportedOperationException noAddress() {
        return new UnsupportedOperationException("SlotBuffer lives in a byte[] and has no address: use byteArray() and"
                + " wrapAdjustment() to reach its bytes, wrap(byte[], int, int) to set them");
    }

    @Override
    public final void wrap(final long address, final int length) {
        throw noAddress();
    }

    @Override
    public final long addressOffset() {
        throw noAddress();
    }

    /** There is none: always null, as for every Agrona buffer over an array. */
    @Override
    public final ByteBuffer byteBuffer() {
        return null;
    }

    @Override
    public final int parseNaturalIntAscii(final int index, final int length) {
        throw noText();
    }

    @Override
    public final long parseNaturalLongAscii(final int index, final int length) {
        throw noText();
    }

    @Override
    public final int parseIntAscii(final int index, final int length) {
        throw noText();
    }

    @Override
    public final long parseLongAscii(final int index, final int length) {
        throw noText();
    }

    @Override
    public final String getStringAscii(final int index) {
        throw noText();
    }

    @Override
    public final int getStringAscii(final int index, final Appendable target) {
        throw noText();
    }

    @Override
    public final String getStringAscii(final int index, final ByteOrder order) {
        throw noText();
    }

    @Override
    public final int getStringAscii(final int index, final Appendable target, final ByteOrder order) {
        throw noText();
    }

    @Override
    public final String getStringAscii(final int index, final int length) {
        throw noText();
    }

    @Override
    public final int getStringAscii(final int index, final int length, final Appendable target) {
        throw noText();
    }

    @Override
    public final String getStringWithoutLengthAscii(final int index, final int length) {
        throw noText();
    }

    @Override
    public final int getStringWithoutLengthAscii(final int index, final int length, final Appendable target) {
        throw noText();
    }

    @Override
    public final String getStringUtf8(final int index) {
        throw noText();
    }

    @Override
    public final String getStringUtf8(final int index, final ByteOrder order) {
        throw noText();
    }

    @Override
    public final String getStringUtf8(final int index, final int length) {
        throw noText();
    }

    @Override
    public final String getStringWithoutLengthUtf8(final int index, final int length) {
        throw noText();
    }

    @Override
    public final int putIntAscii(final int index, final int value) {
        throw noText();
    }

    @Override
    public final int putNaturalIntAscii(final int index, final int value) {
        throw noText();
    }

    @Override
    public final void putNaturalPaddedIntAscii(final int index, final int length, final int value) {
        throw noText();
    }

    @Override
    public final int putNaturalIntAsciiFromEnd(final int value, final int endExclusive) {
        throw noText();
    }

    @Override
    public final int putNaturalLongAscii(final int index, final long value) {
        throw noText();
    }

    @Override
    public final int putLongAscii(final int index, final long value) {
        throw noText();
    }

    @Override
    public final int putStringAscii(final int index, final String value) {
        throw noText();
    }

    @Override
    public final int putStringAscii(final int index, final CharSequence value) {
        throw noText();
    }

    @Override
    public final int putStringAscii(final int index, final String value, final ByteOrder order) {
        throw noText();
    }

    @Override
    public final int putStringAscii(final int index, final CharSequence value, final ByteOrder order) {
        throw noText();
    }

    @Override
    public final int putStringWithoutLengthAscii(final int index, final String value) {
        throw noText();
    }

    @Override
    public final int putStringWithoutLengthAscii(final int index, final CharSequence value) {
        throw noText();
    }

    @Override
    public final int putStringWithoutLengthAscii(
            final int index, final String value, final int valueOffset, final int length) {
        throw noText();
    }

    @Override
    public final int putStringWithoutLengthAscii(
            final int index, final CharSequence value, final int valueOffset, final int length) {
        throw noText();
    }

    @Override
    public final int putStringUtf8(final int index, final String value) {
        throw noText();
    }

    @Override
    public final int putStringUtf8(final int index, final String value, final ByteOrder order) {
        throw noText();
    }

    @Override
    public final int putStringUtf8(final int index, final String value, final int encodedLengthMax) {
        throw noText();
    }

    @Override
    public final int putStringUtf8(
            final int index, final String value, final ByteOrder order, final int encodedLengthMax) {
        throw noText();
    }

    @Override
    public final int putStringWithoutLengthUtf8(final int index, final String value) {
        throw noText();
    }
}
