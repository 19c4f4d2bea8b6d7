package io.signalbox.journal;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Records on their way to the file: frames, one after the other, in one array made once. Carries the chain of CRCs on
 * from record to record. Adds allocate nothing. One thread at a time.
 */
public final class RecordBatch {
    private final byte[] bytes;
    private final CRC32C crc = new CRC32C();
    private int length;
    private int crcBefore;

    /** @param capacityBytes the largest batch; a record must fit in it alone. */
    public RecordBatch(final int capacityBytes) {
        this.bytes = new byte[capacityBytes];
    }

    /** Let the next record follow the one whose CRC32C is {@code crcBefore}. */
    public void follow(final int crcBefore) {
        this.crcBefore = crcBefore;
    }

    /** Does a record with a payload of this length still fit? */
    public boolean hasRoomFor(final int payloadLength) {
        return length + RecordFrame.frameBytes(payloadLength) <= bytes.length;
    }

    /** Add one record. It must fit, see {@link #hasRoomFor}. */
    public void add(
            final RecordKind kind,
            final long position,
            final byte[] payload,
            final int payloadOffset,
            final int payloadLength) {
        System.arraycopy(payload, payloadOffset, bytes, length + RecordFrame.HEADER_BYTES, payloadLength);
        seal(kind, position, payloadLength);
    }

    /** Add one record whose payload is {@code count} longs. It must fit, see {@link #hasRoomFor}. */
    public void add(final RecordKind kind, final long position, final long[] values, final int count) {
        int at = length + RecordFrame.HEADER_BYTES;
        for (int i = 0; i < count; i++, at += Long.BYTES) {
            RecordFrame.LONG.set(bytes, at, values[i]);
        }
        seal(kind, position, count * Long.BYTES);
    }

    private void seal(final RecordKind kind, final long position, final int payloadLength) {
        final int start = length;
        final int end = start + RecordFrame.frameBytes(payloadLength);
        Arrays.fill(bytes, start + RecordFrame.HEADER_BYTES + payloadLength, end, (byte) 0);
        RecordFrame.INT.set(bytes, start + RecordFrame.CRC_BEFORE_OFFSET, crcBefore);
        RecordFrame.LONG.set(bytes, start + RecordFrame.POSITION_OFFSET, position);
        RecordFrame.INT.set(bytes, start + RecordFrame.LENGTH_OFFSET, payloadLength);
        bytes[start + RecordFrame.KIND_OFFSET] = (byte) kind.code();
        bytes[start + RecordFrame.VERSION_OFFSET] = RecordFrame.VERSION;
        RecordFrame.SHORT.set(bytes, start + RecordFrame.MAGIC_OFFSET, RecordFrame.MAGIC);
        crc.reset();
        crc.update(bytes, start + RecordFrame.CRC_BEFORE_OFFSET, end - start - RecordFrame.CRC_BEFORE_OFFSET);
        crcBefore = (int) crc.getValue();
        RecordFrame.INT.set(bytes, start + RecordFrame.CRC_OFFSET, crcBefore);
        length = end;
    }

    /** The array that holds the frames, from 0 to {@link #length}. It is the same one for ever. */
    public byte[] array() {
        return bytes;
    }

    /** The eight bytes at {@code index}, little endian. */
    public long longAt(final int index) {
        return (long) RecordFrame.LONG.get(bytes, index);
    }

    /** Bytes in use. */
    public int length() {
        return length;
    }

    /** Begin the next batch; the chain goes on. */
    public void clear() {
        length = 0;
    }
}
