package io.signalbox.kernel.signal;

import io.signalbox.kernel.store.SignalRecord;

/**
 * A signal that somebody wants raised, as its command says it: filled by the dispatcher, looked at by {@link SignalRules}. One is used
 * again and again. Turn only.
 */
public final class Draft {
    long coordination;
    int kind;
    int signalType;
    int sender;
    int subject;
    int recipient;
    int completion;
    int priority;
    double quality;
    byte[] bytes;
    int attachmentAt;
    long attachment;
    long payload;

    /** Begin anew: a kind of {@link SignalKind}, and the name it is sent under. */
    public Draft begin(final long coordination, final int kind, final int signalType) {
        this.coordination = coordination;
        this.kind = kind;
        this.signalType = signalType;
        return this;
    }

    /** Name ids, 0 for none; {@link SignalRecord#SEVERAL} recipients stand in the attachment. */
    public Draft names(final int sender, final int subject, final int recipient) {
        this.sender = sender;
        this.subject = subject;
        this.recipient = recipient;
        return this;
    }

    /** What it says besides its payload. */
    public Draft marks(final int completion, final int priority, final double quality) {
        this.completion = completion;
        this.priority = priority;
        this.quality = quality;
        return this;
    }

    /**
     * What it carries.
     *
     * @param bytes in which the attachment stands, from {@code attachmentAt} on.
     * @param attachment its range in the command, 0 for none; the payload follows it at once.
     */
    public Draft content(final byte[] bytes, final int attachmentAt, final long attachment, final long payload) {
        this.bytes = bytes;
        this.attachmentAt = attachmentAt;
        this.attachment = attachment;
        this.payload = payload;
        return this;
    }

    /** Position of the signal it answers, or {@link SignalRecord#NO_POSITION}. */
    public long respondsTo() {
        return attachmentLength() < SignalRecord.ATTACHMENT_HEAD
                ? SignalRecord.NO_POSITION
                : intAt(0) & 0xFFFF_FFFFL | (long) intAt(Integer.BYTES) << Integer.SIZE;
    }

    int origin() {
        return attachmentLength() < SignalRecord.ATTACHMENT_HEAD ? 0 : intAt(Long.BYTES);
    }

    int attachmentLength() {
        return (int) attachment;
    }

    int recipientsBeside() {
        return Math.max(0, attachmentLength() - SignalRecord.ATTACHMENT_HEAD) / Integer.BYTES;
    }

    /** Name ids of its recipients when they stand in the attachment, else null. Of a checked draft. */
    public int[] several() {
        if (recipient != SignalRecord.SEVERAL) {
            return null;
        }
        final int[] several = new int[recipientsBeside()];
        for (int i = 0; i < several.length; i++) {
            several[i] = recipient(i);
        }
        return several;
    }

    int recipient(final int index) {
        return intAt(SignalRecord.ATTACHMENT_HEAD + index * Integer.BYTES);
    }

    private int intAt(final int index) {
        final int at = attachmentAt + index;
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }
}
