package io.signalbox.journal;

import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalVisitor;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Walks frames in their order and checks each one before anyone sees it: magic, version, kind, length, CRC32C, the
 * chain to the record before, and the position. What it passed on was written so, complete and in this order. One thread.
 */
public final class RecordCheck {
    private final CRC32C crc = new CRC32C();
    private long[] digests = new long[64];
    private long lastPosition;
    private int crcBefore;
    private long records;
    private String lastPlace = "what the check began with";

    /** @param seed what the first record must carry as the CRC of the record before it. */
    public RecordCheck(final int seed) {
        this(seed, -1);
    }

    /** Go on after the record with this CRC32C, with {@code lastPosition} the last command up to there. */
    public RecordCheck(final int crcBefore, final long lastPosition) {
        this.crcBefore = crcBefore;
        this.lastPosition = lastPosition;
    }

    /** Position of the last command that passed, or -1. */
    public long lastPosition() {
        return lastPosition;
    }

    /** CRC32C of the last record that passed; the next record carries it. */
    public int lastCrc() {
        return crcBefore;
    }

    /** How many records of any kind have passed. */
    public long records() {
        return records;
    }

    /**
     * Check all frames of {@code bytes[offset .. offset+length)}; they must fill it exactly.
     *
     * @param file and {@code fileOffset} say in messages where the first frame stands.
     * @throws JournalException CORRUPT, with the position expected, the file and the offset.
     */
    public void accept(
            final byte[] bytes,
            final int offset,
            final int length,
            final Path file,
            final long fileOffset,
            final JournalVisitor visitor) {
        int at = offset;
        final int end = offset + length;
        while (at < end) {
            at += acceptOne(bytes, at, end - at, file, fileOffset + (at - offset), visitor);
        }
    }

    /**
     * How many of these bytes are whole frames that would pass next. Passes nothing on and changes nothing that
     * {@link #accept} sees.
     */
    public int wholeBytes(final byte[] bytes, final int offset, final int length) {
        int at = offset;
        int before = crcBefore;
        int frameBytes;
        while ((frameBytes = frameBytes(bytes, at, offset + length - at, before)) > 0) {
            before = (int) RecordFrame.INT.get(bytes, at + RecordFrame.CRC_OFFSET);
            at += frameBytes;
        }
        return at - offset;
    }

    /** Does a frame begin here that is whole by its magic, length and CRC32C, whatever it follows? */
    public boolean isWhole(final byte[] bytes, final int offset, final int length) {
        return length >= RecordFrame.HEADER_BYTES
                && frameBytes(bytes, offset, length, (int)
                                RecordFrame.INT.get(bytes, offset + RecordFrame.CRC_BEFORE_OFFSET))
                        > 0;
    }

    private int frameBytes(final byte[] bytes, final int at, final int rest, final int before) {
        if (rest < RecordFrame.HEADER_BYTES
                || (short) RecordFrame.SHORT.get(bytes, at + RecordFrame.MAGIC_OFFSET) != RecordFrame.MAGIC
                || (int) RecordFrame.INT.get(bytes, at + RecordFrame.CRC_BEFORE_OFFSET) != before) {
            return 0;
        }
        final int payloadLength = (int) RecordFrame.INT.get(bytes, at + RecordFrame.LENGTH_OFFSET);
        if (payloadLength < 0
                || payloadLength > rest - RecordFrame.HEADER_BYTES
                || RecordFrame.frameBytes(payloadLength) > rest) {
            return 0;
        }
        final int frameBytes = RecordFrame.frameBytes(payloadLength);
        final int stored = (int) RecordFrame.INT.get(bytes, at + RecordFrame.CRC_OFFSET);
        return stored == computeCrc(bytes, at, frameBytes) ? frameBytes : 0;
    }

    private int computeCrc(final byte[] bytes, final int at, final int frameBytes) {
        crc.reset();
        crc.update(bytes, at + RecordFrame.CRC_BEFORE_OFFSET, frameBytes - RecordFrame.CRC_BEFORE_OFFSET);
        return (int) crc.getValue();
    }

    /**
     * Check the one frame that begins at {@code bytes[at]}, in a batch of which {@code rest} bytes are left, and show it.
     *
     * @return its length in bytes.
     * @throws JournalException CORRUPT, with the position expected, the file and the offset.
     */
    public int acceptOne(
            final byte[] bytes,
            final int at,
            final int rest,
            final Path file,
            final long fileOffset,
            final JournalVisitor visitor) {
        if (rest < RecordFrame.HEADER_BYTES) {
            throw corrupt(file, fileOffset, "a frame of at least 24 bytes was expected, " + rest + " bytes are left");
        }
        final short magic = (short) RecordFrame.SHORT.get(bytes, at + RecordFrame.MAGIC_OFFSET);
        if (magic != RecordFrame.MAGIC) {
            throw corrupt(file, fileOffset, "no record begins here: the frame's magic is " + hex(magic & 0xffff));
        }
        final int payloadLength = (int) RecordFrame.INT.get(bytes, at + RecordFrame.LENGTH_OFFSET);
        if (payloadLength < 0 || payloadLength > rest - RecordFrame.HEADER_BYTES) {
            throw corrupt(
                    file,
                    fileOffset,
                    "its length says " + payloadLength + " bytes, at most " + (rest - RecordFrame.HEADER_BYTES)
                            + " can be there");
        }
        final int frameBytes = RecordFrame.frameBytes(payloadLength);
        if (frameBytes > rest) {
            throw corrupt(file, fileOffset, "its frame of " + frameBytes + " bytes does not end with its batch");
        }
        final int stored = (int) RecordFrame.INT.get(bytes, at + RecordFrame.CRC_OFFSET);
        final int computed = computeCrc(bytes, at, frameBytes);
        if (stored != computed) {
            throw corrupt(
                    file, fileOffset, "its CRC32C is stored as " + hex(stored) + " and computed as " + hex(computed));
        }
        final int before = (int) RecordFrame.INT.get(bytes, at + RecordFrame.CRC_BEFORE_OFFSET);
        if (before != crcBefore) {
            throw corrupt(
                    file,
                    fileOffset,
                    "it follows a record with CRC32C " + hex(before) + ", but what stands before it ("
                            + lastPlace + ") has " + hex(crcBefore)
                            + ": that was changed after it was written, or records are missing in between");
        }
        deliver(bytes, at, payloadLength, file, fileOffset, visitor);
        crcBefore = computed;
        records++;
        lastPlace = "record " + records + ", position " + lastPosition + ", " + file.getFileName() + " offset "
                + fileOffset;
        return frameBytes;
    }

    private void deliver(
            final byte[] bytes,
            final int at,
            final int payloadLength,
            final Path file,
            final long fileOffset,
            final JournalVisitor visitor) {
        final int version = bytes[at + RecordFrame.VERSION_OFFSET];
        final RecordKind kind = RecordKind.of(bytes[at + RecordFrame.KIND_OFFSET]);
        if (version != RecordFrame.VERSION || kind == null) {
            throw corrupt(
                    file,
                    fileOffset,
                    "frame version " + version + " with kind " + bytes[at + RecordFrame.KIND_OFFSET] + " is not known");
        }
        final long position = (long) RecordFrame.LONG.get(bytes, at + RecordFrame.POSITION_OFFSET);
        final long expected = kind == RecordKind.COMMAND ? lastPosition + 1 : lastPosition;
        if (position != expected) {
            throw corrupt(file, fileOffset, kind + " at position " + expected + " was expected, it says " + position);
        }
        switch (kind) {
            case COMMAND -> {
                visitor.onCommand(position, bytes, at + RecordFrame.HEADER_BYTES, payloadLength);
                lastPosition = position;
            }
            case MARK -> visitor.onMark(position, digests(bytes, at, payloadLength), payloadLength / Long.BYTES);
            case OPENED, CLOSED -> {
                // Landmarks of the writer's life; what they prove is proved by the chain.
            }
        }
    }

    private long[] digests(final byte[] bytes, final int at, final int payloadLength) {
        final int count = payloadLength / Long.BYTES;
        if (count > digests.length) {
            digests = new long[count];
        }
        for (int i = 0; i < count; i++) {
            digests[i] = (long) RecordFrame.LONG.get(bytes, at + RecordFrame.HEADER_BYTES + i * Long.BYTES);
        }
        return digests;
    }

    private JournalException corrupt(final Path file, final long fileOffset, final String what) {
        return new JournalException(
                JournalException.Kind.CORRUPT,
                lastPosition + 1,
                "Journal corrupt after position " + lastPosition + ", in " + file + " at offset " + fileOffset + ": "
                        + what + ". Restore the folder from a copy, or keep it and repair it with the journal tools.",
                null);
    }

    private static String hex(final int value) {
        return "0x" + Integer.toHexString(value);
    }
}
