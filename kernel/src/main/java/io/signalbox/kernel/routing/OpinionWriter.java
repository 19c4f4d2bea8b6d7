package io.signalbox.kernel.routing;

import io.signalbox.kernel.store.SlotBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.ToIntFunction;

/** Opinions to bytes, one after the other, into a buffer that is kept and grows. One thread at a time. */
public final class OpinionWriter {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private byte[] bytes = new byte[1024];
    private final SlotBuffer buffer = new SlotBuffer(0);
    private int length;

    public OpinionWriter() {
        buffer.wrap(bytes);
    }

    /** Start over. */
    public OpinionWriter clear() {
        length = 0;
        return this;
    }

    /** Append an opinion; {@code nameIds} gives names their ids. */
    public void add(final RouterOpinion by, final ToIntFunction<String> nameIds) {
        add(by, nameIds.applyAsInt(by.router()), nameIds);
    }

    /** As {@link #add(RouterOpinion, ToIntFunction)}, where the id of the router's name is known. */
    public void add(final RouterOpinion by, final int router, final ToIntFunction<String> nameIds) {
        final Opinion opinion = by.opinion();
        final byte[] text = opinion.utf8();
        final List<String> tasks = opinion.tasks();
        final int numbers = opinion.numberCount();
        final int at = length;
        reserve(at + OpinionLayout.HEADER + numbers * Double.BYTES + tasks.size() * Integer.BYTES + text.length);
        buffer.putInt(at + OpinionLayout.ROUTER, router, ORDER);
        final String next = opinion.nextTask();
        buffer.putInt(at + OpinionLayout.NEXT_TASK, next.isEmpty() ? 0 : nameIds.applyAsInt(next), ORDER);
        buffer.putDouble(at + OpinionLayout.CONFIDENCE, opinion.confidence(), ORDER);
        buffer.putByte(at + OpinionLayout.STRATEGY, (byte) by.strategy().code());
        buffer.putByte(at + OpinionLayout.DECISION, (byte) opinion.decision().code());
        buffer.putByte(at + OpinionLayout.FINDING, (byte) opinion.finding().code());
        buffer.putByte(at + OpinionLayout.WEIGHT, (byte) by.weight());
        buffer.putShort(at + OpinionLayout.TEXT_LENGTH, (short) text.length, ORDER);
        buffer.putByte(at + OpinionLayout.NUMBERS, (byte) numbers);
        buffer.putByte(at + OpinionLayout.TASKS, (byte) tasks.size());
        int to = at + OpinionLayout.HEADER;
        for (int i = 0; i < numbers; i++) {
            buffer.putDouble(to, opinion.number(i), ORDER);
            to += Double.BYTES;
        }
        for (int i = 0; i < tasks.size(); i++) {
            buffer.putInt(to, nameIds.applyAsInt(tasks.get(i)), ORDER);
            to += Integer.BYTES;
        }
        buffer.putBytes(to, text, 0, text.length);
        length = to + text.length;
    }

    private void reserve(final int needed) {
        if (needed > bytes.length) {
            final byte[] grown = new byte[Math.max(needed, bytes.length * 2)];
            System.arraycopy(bytes, 0, grown, 0, length);
            bytes = grown;
            buffer.wrap(bytes);
        }
    }

    /** What was written stands at the start of it. Valid until the next opinion. */
    public byte[] bytes() {
        return bytes;
    }

    /** Bytes written. */
    public int length() {
        return length;
    }
}
