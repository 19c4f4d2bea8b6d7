package io.signalbox.kernel.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One value of one key, as it was set.
 *
 * @param type how the bytes are meant.
 * @param version of the scope when this value was set, from 1.
 * @param factId of the fact that set it.
 * @param changedBy name id of who set it, 0 for nobody.
 * @param bytes never changed after construction; do not write to them.
 */
public record StateValue(ValueType type, long version, long factId, int changedBy, byte[] bytes) {
    /** The value as text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The value as a number. */
    public long asLong() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
