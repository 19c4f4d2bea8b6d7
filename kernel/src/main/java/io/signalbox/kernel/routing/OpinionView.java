package io.signalbox.kernel.routing;

import io.signalbox.kernel.store.SlotBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Flyweight over opinions that follow each other in an array. {@link #next} moves to the next one. One thread at a time. */
final class OpinionView {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final SlotBuffer buffer = new SlotBuffer(0);
    private byte[] bytes;
    private int at;
    private int end;
    private int limit;

    /** Stand before the first opinion in {@code bytes[from .. from + length)}. */
    OpinionView wrap(final byte[] bytes, final int from, final int length) {
        this.bytes = bytes;
        buffer.wrap(bytes);
        at = from;
        end = from;
        limit = from + length;
        return this;
    }

    /** Whether bytes are left; if they are, look at the opinion that starts there. It may be malformed. */
    boolean next() {
        at = end;
        if (at == limit) {
            return false;
        }
        end = limit - at < OpinionLayout.HEADER ? Integer.MAX_VALUE : textAt() + textLength();
        return true;
    }

    /** Whether the opinion ends within the bytes and each of its values is in its range; names apart. */
    boolean isWellFormed() {
        return end <= limit
                && confidence() >= 0
                && confidence() <= 1
                && textLength() <= Opinion.TEXT_LENGTH_MAX
                && numbers() <= Opinion.NUMBERS_MAX
                && tasks() <= Opinion.TASKS_MAX
                && weight() <= 100
                && RoutingStrategy.of(strategyCode()) != null
                && decision() != null
                && finding() != null;
    }

    /** Whether all its name ids are among the first {@code namesKnown}; it needs a router. */
    boolean hasKnownNames(final int namesKnown) {
        if (router() <= 0 || router() > namesKnown || nextTask() < 0 || nextTask() > namesKnown) {
            return false;
        }
        for (int i = 0; i < tasks(); i++) {
            if (task(i) <= 0 || task(i) > namesKnown) {
                return false;
            }
        }
        return true;
    }

    int router() {
        return buffer.getInt(at + OpinionLayout.ROUTER, ORDER);
    }

    int nextTask() {
        return buffer.getInt(at + OpinionLayout.NEXT_TASK, ORDER);
    }

    double confidence() {
        return buffer.getDouble(at + OpinionLayout.CONFIDENCE, ORDER);
    }

    int strategyCode() {
        return unsignedByte(OpinionLayout.STRATEGY);
    }

    RoutingDecision decision() {
        return RoutingDecision.of(unsignedByte(OpinionLayout.DECISION));
    }

    Finding finding() {
        return Finding.of(unsignedByte(OpinionLayout.FINDING));
    }

    int weight() {
        return unsignedByte(OpinionLayout.WEIGHT);
    }

    private int textLength() {
        return buffer.getShort(at + OpinionLayout.TEXT_LENGTH, ORDER) & 0xFFFF;
    }

    private int numbers() {
        return unsignedByte(OpinionLayout.NUMBERS);
    }

    private int tasks() {
        return unsignedByte(OpinionLayout.TASKS);
    }

    private int task(final int index) {
        return buffer.getInt(at + OpinionLayout.HEADER + numbers() * Double.BYTES + index * Integer.BYTES, ORDER);
    }

    private int textAt() {
        return at + OpinionLayout.HEADER + numbers() * Double.BYTES + tasks() * Integer.BYTES;
    }

    private int unsignedByte(final int field) {
        return buffer.getByte(at + field) & 0xFF;
    }

    /** The opinion as an object. */
    RouterOpinion toOpinion(final IntFunction<String> names) {
        final double[] numbers = new double[numbers()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = buffer.getDouble(at + OpinionLayout.HEADER + i * Double.BYTES, ORDER);
        }
        final List<String> tasks = new ArrayList<>();
        for (int i = 0; i < tasks(); i++) {
            tasks.add(names.apply(task(i)));
        }
        final String text = Opinion.fitting(new String(bytes, textAt(), textLength(), StandardCharsets.UTF_8));
        final String next = nextTask() == 0 ? "" : names.apply(nextTask());
        return new RouterOpinion(
                names.apply(router()),
                RoutingStrategy.of(strategyCode()),
                weight(),
                new Opinion(decision(), confidence(), finding(), text, next, tasks, numbers));
    }
}
