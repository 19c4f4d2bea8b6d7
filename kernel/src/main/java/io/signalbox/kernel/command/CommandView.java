package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.CommandHeaderDecoder;
import io.signalbox.kernel.command.codec.MessageHeaderDecoder;
import io.signalbox.kernel.store.SlotBuffer;
import java.nio.ByteOrder;

/**
 * Flyweight over the bytes of one command. The header stands at the same place in every command:
 *
 * <pre>
 *   0               8          16            24         32               40              48
 *  | message header | position | timestampNs | clientId | clientSequence | coordination | body ...
 * </pre>
 *
 * One thread at a time; valid only while the bytes it wraps are.
 */
public final class CommandView {
    /** Where the fixed block of a command starts. */
    public static final int BLOCK_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;

    /** The shortest command: the message header and the command header. */
    public static final int LENGTH_MIN = BLOCK_OFFSET + CommandHeaderDecoder.ENCODED_LENGTH;

    private static final int TEMPLATE_ID_OFFSET = 2;
    private static final int VERSION_OFFSET = 6;
    private static final int POSITION_OFFSET = BLOCK_OFFSET;
    private static final int TIMESTAMP_OFFSET = BLOCK_OFFSET + 8;
    private static final int CLIENT_ID_OFFSET = BLOCK_OFFSET + 16;
    private static final int CLIENT_SEQUENCE_OFFSET = BLOCK_OFFSET + 24;
    private static final int COORDINATION_OFFSET = BLOCK_OFFSET + 32;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final SlotBuffer buffer = new SlotBuffer(0);
    private byte[] bytes;
    private int offset;
    private int length;

    /** Look at the command in {@code bytes[offset .. offset + length)}. */
    public CommandView wrap(final byte[] bytes, final int offset, final int length) {
        if (length < LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "expected a command of at least " + LENGTH_MIN + " bytes, got " + length + " bytes");
        }
        if (this.bytes != bytes) {
            this.bytes = bytes;
        }
        this.offset = offset;
        this.length = length;
        buffer.wrap(bytes, offset, length);
        return this;
    }

    /** The command's bytes from index 0 on, for the generated decoders. */
    public SlotBuffer buffer() {
        return buffer;
    }

    /** The array the command stands in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the command starts in {@link #bytes}. */
    public int offset() {
        return offset;
    }

    /** Length of the whole command in bytes. */
    public int length() {
        return length;
    }

    /** What is asked, or null when this version does not know the command. */
    public CommandType type() {
        return CommandType.of(buffer.getShort(TEMPLATE_ID_OFFSET, ORDER) & 0xFFFF);
    }

    /** Length of the fixed block as the writer of the command knew it. */
    public int blockLength() {
        return buffer.getShort(0, ORDER) & 0xFFFF;
    }

    /** Schema version the command was written with. */
    public int version() {
        return buffer.getShort(VERSION_OFFSET, ORDER) & 0xFFFF;
    }

    /** Dense, from 0. */
    public long position() {
        return buffer.getLong(POSITION_OFFSET, ORDER);
    }

    /** Kernel time in nanoseconds. */
    public long timestampNs() {
        return buffer.getLong(TIMESTAMP_OFFSET, ORDER);
    }

    /** Who may repeat this command; 0: nobody does. */
    public long clientId() {
        return buffer.getLong(CLIENT_ID_OFFSET, ORDER);
    }

    /** Number of the command among its client's, from 1. */
    public long clientSequence() {
        return buffer.getLong(CLIENT_SEQUENCE_OFFSET, ORDER);
    }

    /** Handle of the coordination, or 0 for the whole kernel. */
    public long coordination() {
        return buffer.getLong(COORDINATION_OFFSET, ORDER);
    }

    /** Give the command its place and time. Only the journal stage, and only before the bytes are journaled. */
    public void stamp(final long position, final long timestampNs) {
        buffer.putLong(POSITION_OFFSET, position, ORDER);
        buffer.putLong(TIMESTAMP_OFFSET, timestampNs, ORDER);
    }

    @Override
    public String toString() {
        return type() + "@" + position() + " of " + length + " bytes";
    }
}
