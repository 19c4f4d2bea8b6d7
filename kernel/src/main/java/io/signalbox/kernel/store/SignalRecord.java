package io.signalbox.kernel.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A reader's copy of one signal of a {@link SignalTail}, with the names of its words; see there for the layout. One thread at a
 * time; nothing allocates.
 */
public abstract sealed class SignalRecord permits SignalTail.Cursor {
    /** {@link #recipient} of a signal with several recipients. */
    public static final int SEVERAL = -1;
    /** {@link #respondsTo} of a signal that answers none. */
    public static final long NO_POSITION = -1;

    /** Bytes of an attachment before its recipients: the position it answers, and its origin. */
    public static final int ATTACHMENT_HEAD = 12;

    static final int STRIDE = 16;
    static final int FACT_ID = 1;
    static final int TIMESTAMP_NS = 2;
    static final int COORDINATION = 3;
    static final int TYPE_AND_SENDER = 4;
    static final int SUBJECT_AND_RECIPIENT = 5;
    static final int LENGTH_AND_MARKS = 6;
    static final int QUALITY = 7;
    static final int PAYLOAD = 8;

    static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int ORIGIN_AT = 8;

    long[] copy = new long[STRIDE];
    byte[] large;

    SignalRecord() {}

    /** Id of the fact that the signal is. */
    public final long factId() {
        return copy[FACT_ID];
    }

    /** Kernel time in nanoseconds. */
    public final long timestampNs() {
        return copy[TIMESTAMP_NS];
    }

    /** Handle of the coordination. */
    public final long coordination() {
        return copy[COORDINATION];
    }

    /** Name id. */
    public final int signalType() {
        return low(copy[TYPE_AND_SENDER]);
    }

    /** Name id. */
    public final int sender() {
        return high(copy[TYPE_AND_SENDER]);
    }

    /** Name id. */
    public final int subject() {
        return low(copy[SUBJECT_AND_RECIPIENT]);
    }

    /** Name id; 0 for everybody, {@link #SEVERAL} when they stand in {@link #recipient(int)}. */
    public final int recipient() {
        return high(copy[SUBJECT_AND_RECIPIENT]);
    }

    /** How many it is addressed to; 0 means everybody. */
    public final int recipientCount() {
        if (recipient() != SEVERAL) {
            return recipient() == 0 ? 0 : 1;
        }
        return (attachmentLength() - ATTACHMENT_HEAD) / Integer.BYTES;
    }

    /** Name id of one of them. */
    public final int recipient(final int index) {
        Objects.checkIndex(index, recipientCount());
        return recipient() == SEVERAL ? intAt(ATTACHMENT_HEAD + index * Integer.BYTES) : recipient();
    }

    /** Whether it is addressed to this agent, by name or as one of all. */
    public final boolean isFor(final int agent) {
        if (recipient() != SEVERAL) {
            return recipient() == 0 || recipient() == agent;
        }
        for (int i = recipientCount() - 1; i >= 0; i--) {
            if (recipient(i) == agent) {
                return true;
            }
        }
        return false;
    }

    /** The writer's code, 0 to 255. */
    public final int completion() {
        return high(copy[LENGTH_AND_MARKS]) & 0xFF;
    }

    /** 0 to 255. */
    public final int priority() {
        return high(copy[LENGTH_AND_MARKS]) >>> 8 & 0xFF;
    }

    /** As appended, NaN with its bits. */
    public final double quality() {
        return Double.longBitsToDouble(copy[QUALITY]);
    }

    /** Position of the signal that this one answers, or {@link #NO_POSITION}. */
    public final long respondsTo() {
        return attachmentLength() == 0
                ? NO_POSITION
                : intAt(0) & 0xFFFF_FFFFL | (long) intAt(Integer.BYTES) << Integer.SIZE;
    }

    /** Name id of the transport it came in by; 0 when it was raised here. */
    public final int origin() {
        return attachmentLength() == 0 ? 0 : intAt(ORIGIN_AT);
    }

    /** In bytes. */
    public final int payloadLength() {
        return low(copy[LENGTH_AND_MARKS]) - attachmentLength();
    }

    /**
     * Copy the whole payload.
     *
     * @param offset where it goes in the target.
     * @return {@link #payloadLength()}.
     * @throws IndexOutOfBoundsException if the target has no room for it there; nothing is copied.
     */
    public final int copyPayload(final byte[] target, final int offset) {
        final int length = payloadLength();
        final int from = attachmentLength();
        Objects.checkFromIndexSize(offset, length, target.length);
        if (large != null) {
            System.arraycopy(large, from, target, offset, length);
            return length;
        }
        int done = 0;
        if ((from & 7) == 0) {
            for (int index = PAYLOAD + (from >>> 3); length - done >= Long.BYTES; index++) {
                BYTES.set(target, offset + done, copy[index]);
                done += Long.BYTES;
            }
        }
        for (; done < length; done++) {
            target[offset + done] = byteAt(from + done);
        }
        return length;
    }

    private int attachmentLength() {
        return high(copy[LENGTH_AND_MARKS]) >>> 16;
    }

    private int intAt(final int index) {
        return byteAt(index) & 0xFF
                | (byteAt(index + 1) & 0xFF) << 8
                | (byteAt(index + 2) & 0xFF) << 16
                | byteAt(index + 3) << 24;
    }

    private byte byteAt(final int index) {
        return large != null ? large[index] : (byte) (copy[PAYLOAD + (index >>> 3)] >>> ((index & 7) << 3));
    }

    static long pair(final int low, final int high) {
        return (long) high << Integer.SIZE | (low & 0xffff_ffffL);
    }

    static int low(final long pair) {
        return (int) pair;
    }

    static int high(final long pair) {
        return (int) (pair >>> Integer.SIZE);
    }
}
