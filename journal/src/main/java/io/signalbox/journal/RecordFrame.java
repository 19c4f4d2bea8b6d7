package io.signalbox.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The frame round one record: fixed offsets, little endian, a whole number of eight bytes.
 * <pre>
 *   0        4           8          16        20     21        22      24
 *  | crc32c | crc before | position | length | kind | version | magic | payload ... | zeros to 8 |
 * </pre>
 * {@code crc32c} covers everything after itself, the zeros included. {@code crc before} is the {@code crc32c} of the
 * record before; the first record of a journal carries the CRC32C of the format file.
 */
public final class RecordFrame {
    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 24;

    /** The version of this layout. */
    static final int VERSION = 1;

    /** The two letters {@code SB}, read as a little-endian short. */
    static final short MAGIC = 0x4253;

    static final int CRC_OFFSET = 0;
    static final int CRC_BEFORE_OFFSET = 4;
    static final int POSITION_OFFSET = 8;
    static final int LENGTH_OFFSET = 16;
    static final int KIND_OFFSET = 20;
    static final int VERSION_OFFSET = 21;
    static final int MAGIC_OFFSET = 22;

    /** Little-endian views of a byte array, at any offset. */
    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordFrame() {}

    /** Bytes that a record with a payload of {@code payloadLength} bytes takes, header and zeros included. */
    public static int frameBytes(final int payloadLength) {
        return (HEADER_BYTES + payloadLength + 7) & -8;
    }
}
