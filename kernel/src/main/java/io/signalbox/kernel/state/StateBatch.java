package io.signalbox.kernel.state;

/**
 * Reads the changes of one update, which come as bytes, one behind the other:
 *
 * <pre>
 *   0     4      5      6              14       18
 *  | key | kind | type | expected ver | length | value ... |
 * </pre>
 *
 * All little endian. One thread at a time; valid while the bytes are.
 */
final class StateBatch {
    static final int SET = 0;
    static final int DELETE = 1;
    /** No change of a key: a signal is raised. Its key is the signal's type, the expected version its sender, the value its payload. */
    static final int TELL = 2;

    private static final int KIND = 4;
    private static final int TYPE = 5;
    private static final int EXPECTED = 6;
    private static final int LENGTH = 14;
    private static final int VALUE = 18;

    private byte[] bytes;
    private int at;
    private int next;
    private int end;

    /** Look at the changes in {@code bytes[from .. from + length)}, before the first. */
    StateBatch wrap(final byte[] bytes, final int from, final int length) {
        this.bytes = bytes;
        at = from;
        next = from;
        end = from + length;
        return this;
    }

    /** Go on to the next change; false behind the last, and when what follows is no whole change ({@link #isDamaged}). */
    boolean next() {
        if (next + VALUE > end) {
            return false;
        }
        final int length = ValueBytes.intAt(bytes, next + LENGTH);
        if (length < 0 || length > end - next - VALUE) {
            return false;
        }
        at = next;
        next = at + VALUE + length;
        return true;
    }

    /** Whether it stopped before the end. */
    boolean isDamaged() {
        return next != end;
    }

    int key() {
        return ValueBytes.intAt(bytes, at);
    }

    int kind() {
        return bytes[at + KIND];
    }

    ValueType type() {
        return ValueType.of(bytes[at + TYPE]);
    }

    long expectedVersion() {
        return ValueBytes.longAt(bytes, at + EXPECTED);
    }

    int length() {
        return ValueBytes.intAt(bytes, at + LENGTH);
    }

    /** Where the value starts. */
    int valueIndex() {
        return at + VALUE;
    }

    /** A copy of the value. */
    byte[] value() {
        return ValueBytes.copy(bytes, at + VALUE, length());
    }

    /** Length of a change with a value of so many bytes. */
    static int length(final int valueLength) {
        return VALUE + valueLength;
    }

    /** Write one change; returns where the next one goes. */
    static int write(
            final byte[] target,
            final int at,
            final int key,
            final int kind,
            final ValueType type,
            final long expectedVersion,
            final byte[] value) {
        ValueBytes.putInt(target, at, key);
        target[at + KIND] = (byte) kind;
        target[at + TYPE] = (byte) type.ordinal();
        ValueBytes.putLong(target, at + EXPECTED, expectedVersion);
        ValueBytes.putInt(target, at + LENGTH, value.length);
        System.arraycopy(value, 0, target, at + VALUE, value.length);
        return at + VALUE + value.length;
    }
}
