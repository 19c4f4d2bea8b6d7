package io.signalbox.kernel.state;

import java.nio.charset.StandardCharsets;

/**
 * One value of one key, as it was written.
 *
 * @param type how the bytes are meant.
 * @param version of the scope when this value was written, from 1. A value that a rollback has brought back keeps it.
 * @param factId of the fact that wrote it.
 * @param changedBy name id of who wrote it, 0 for nobody.
 * @param bytes never changed after construction; do not write to them.
 */
public record StateValue(ValueType type, long version, long factId, int changedBy, byte[] bytes) {
    /** The value as text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The value as a number; of a {@link ValueType#LONG}. */
    public long asLong() {
        return ValueBytes.longAt(bytes, 0);
    }

    /** The value as a fraction; of a {@link ValueType#DOUBLE}. */
    public double asDouble() {
        return Double.longBitsToDouble(asLong());
    }

    /** The value as yes or no; of a {@link ValueType#BOOLEAN}. */
    public boolean asBoolean() {
        return bytes[0] != 0;
    }

    /** Whether the key exists and holds nothing. */
    public boolean isNull() {
        return type == ValueType.NULL;
    }
}
