package io.signalbox.kernel.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a value that is merged into a key meets the one that is there, so that writers who know nothing of each other can write the
 * same key. Decided in the machine, on bytes. All but LAST and APPEND come to the same whatever the order of writers (fractions but
 * for their rounding). The code enters the journal: append only.
 *
 * <p>Where the key does not exist or holds null, the merged value becomes its value; a UNION puts it in order first.
 */
public enum MergeRule {
    /** The later one; any type. */
    LAST(1),
    /** Both together; numbers of one type. A LONG that would not fit is refused. */
    SUM(2),
    /** The greater one; numbers, texts, bytes and booleans of one type. */
    MAX(3),
    /** The smaller one; as MAX. */
    MIN(4),
    /** The lines of both, each once, in the order of their bytes; text. */
    UNION(5),
    /** The later behind the earlier; text and bytes. */
    APPEND(6);

    private static final MergeRule[] BY_CODE = {null, LAST, SUM, MAX, MIN, UNION, APPEND};
    private static final byte LINE_END = '\n';

    private final int code;

    MergeRule(final int code) {
        this.code = code;
    }

    /** Number in the command. */
    public int code() {
        return code;
    }

    /** The rule with this number, or null. */
    public static MergeRule of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /**
     * What comes of it.
     *
     * @param before what the key holds, null when it does not exist.
     * @param type of the value that is merged in; what comes of it has the same.
     * @return the bytes of the new value, or null when this rule cannot merge the two.
     */
    byte[] merge(final StateValue before, final ValueType type, final byte[] value) {
        if (this == LAST) {
            return value;
        }
        if (!takes(type)) {
            return null;
        }
        if (before == null || before.isNull()) {
            return this == UNION ? union(value, new byte[0]) : value;
        }
        if (before.type() != type) {
            return null;
        }
        return switch (this) {
            case LAST -> value;
            case SUM -> sum(type, before.bytes(), value);
            case MAX -> ordered(type, before.bytes(), value) >= 0 ? before.bytes() : value;
            case MIN -> ordered(type, before.bytes(), value) <= 0 ? before.bytes() : value;
            case UNION -> union(before.bytes(), value);
            case APPEND -> append(before.bytes(), value);
        };
    }

    private boolean takes(final ValueType type) {
        return switch (type) {
            case NULL, JSON -> this == LAST;
            case BOOLEAN -> this == LAST || this == MAX || this == MIN;
            case LONG, DOUBLE -> this != UNION && this != APPEND;
            case TEXT -> this != SUM;
            case BYTES -> this != SUM && this != UNION;
        };
    }

    private static byte[] sum(final ValueType type, final byte[] one, final byte[] two) {
        if (type == ValueType.DOUBLE) {
            final double sum = ValueBytes.doubleAt(one, 0) + ValueBytes.doubleAt(two, 0);
            return ValueBytes.of(Double.doubleToLongBits(sum));
        }
        final long a = ValueBytes.longAt(one, 0);
        final long b = ValueBytes.longAt(two, 0);
        final long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? null : ValueBytes.of(sum);
    }

    /** A total order: NaN is the greatest number, -0.0 is below 0.0. */
    private static int ordered(final ValueType type, final byte[] one, final byte[] two) {
        return switch (type) {
            case LONG -> Long.compare(ValueBytes.longAt(one, 0), ValueBytes.longAt(two, 0));
            case DOUBLE -> Double.compare(ValueBytes.doubleAt(one, 0), ValueBytes.doubleAt(two, 0));
            case NULL, BOOLEAN, TEXT, JSON, BYTES -> Arrays.compareUnsigned(one, two);
        };
    }

    private static byte[] append(final byte[] one, final byte[] two) {
        final byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }

    private static byte[] union(final byte[] one, final byte[] two) {
        final List<byte[]> lines = new ArrayList<>();
        addLines(one, lines);
        addLines(two, lines);
        lines.sort(Arrays::compareUnsigned);
        final byte[] all = new byte[one.length + two.length + 1];
        int length = 0;
        byte[] last = null;
        for (final byte[] line : lines) {
            if (last == null || !Arrays.equals(last, line)) {
                if (last != null) {
                    all[length++] = LINE_END;
                }
                System.arraycopy(line, 0, all, length, line.length);
                length += line.length;
            }
            last = line;
        }
        return Arrays.copyOf(all, length);
    }

    /** Empty lines are none. */
    private static void addLines(final byte[] text, final List<byte[]> lines) {
        int from = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length || text[at] == LINE_END) {
                if (at > from) {
                    lines.add(Arrays.copyOfRange(text, from, at));
                }
                from = at + 1;
            }
        }
    }
}
