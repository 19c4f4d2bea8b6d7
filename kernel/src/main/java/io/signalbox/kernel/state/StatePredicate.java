package io.signalbox.kernel.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A question about one value that the machine itself can answer, again and the same: an operator and an operand. Immutable.
 *
 * @param operator what is asked.
 * @param type of the operand, {@link ValueType#NULL} when the operator needs none.
 * @param operand its bytes, laid out as those of a value; do not write to them.
 */
public record StatePredicate(StateOperator operator, ValueType type, byte[] operand) {
    private static final byte[] NOTHING = new byte[0];

    public StatePredicate {
        if (!operator.takes(type, operand.length)) {
            throw new IllegalArgumentException(
                    operator + " takes no operand of type " + type + " and " + operand.length + " bytes");
        }
    }

    /** The key exists. */
    public static StatePredicate exists() {
        return new StatePredicate(StateOperator.EXISTS, ValueType.NULL, NOTHING);
    }

    /** The key does not exist. */
    public static StatePredicate absent() {
        return new StatePredicate(StateOperator.ABSENT, ValueType.NULL, NOTHING);
    }

    /** The key exists and holds nothing. */
    public static StatePredicate isNull() {
        return new StatePredicate(StateOperator.EQUAL, ValueType.NULL, NOTHING);
    }

    /** The value stands so to a number. */
    public static StatePredicate is(final StateOperator operator, final long operand) {
        return new StatePredicate(operator, ValueType.LONG, ValueBytes.of(operand));
    }

    /** The value stands so to a fraction. */
    public static StatePredicate is(final StateOperator operator, final double operand) {
        return new StatePredicate(operator, ValueType.DOUBLE, ValueBytes.of(Double.doubleToRawLongBits(operand)));
    }

    /** The value stands so to yes or no. */
    public static StatePredicate is(final StateOperator operator, final boolean operand) {
        return new StatePredicate(operator, ValueType.BOOLEAN, new byte[] {(byte) (operand ? 1 : 0)});
    }

    /** The value stands so to a text. */
    public static StatePredicate is(final StateOperator operator, final String operand) {
        return new StatePredicate(operator, ValueType.TEXT, operand.getBytes(StandardCharsets.UTF_8));
    }

    /** The value was written after this version of its scope. */
    public static StatePredicate newerThan(final long version) {
        return is(StateOperator.NEWER_THAN, version);
    }

    /** Whether a value is so; {@code null} stands for a key that does not exist. Any thread. */
    public boolean holds(final StateValue value) {
        if (value == null) {
            return operator == StateOperator.ABSENT;
        }
        return switch (operator) {
            case EXISTS -> true;
            case ABSENT -> false;
            case EQUAL -> order(value) == 0;
            case NOT_EQUAL -> order(value) != 0;
            case LESS -> order(value) == -1;
            case AT_MOST -> order(value) == -1 || order(value) == 0;
            case GREATER -> order(value) == 1;
            case AT_LEAST -> order(value) == 1 || order(value) == 0;
            case CONTAINS -> value.type() == type && ValueBytes.indexOf(value.bytes(), operand) >= 0;
            case STARTS_WITH -> value.type() == type && ValueBytes.startsWith(value.bytes(), 0, operand);
            case ENDS_WITH ->
                value.type() == type
                        && ValueBytes.startsWith(value.bytes(), value.bytes().length - operand.length, operand);
            case NEWER_THAN -> value.version() > ValueBytes.longAt(operand, 0);
        };
    }

    private int order(final StateValue value) {
        return ValueBytes.order(value.type(), value.bytes(), type, operand);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof StatePredicate that
                && operator == that.operator
                && type == that.type
                && Arrays.equals(operand, that.operand);
    }

    @Override
    public int hashCode() {
        return Objects.hash(operator, type, Arrays.hashCode(operand));
    }

    /** As a person reads it, without the key. */
    public String text() {
        return switch (type) {
            case NULL -> operator == StateOperator.EQUAL ? "EQUAL null" : operator.name();
            case BOOLEAN -> operator + " " + (operand[0] != 0);
            case LONG -> operator + " " + ValueBytes.longAt(operand, 0);
            case DOUBLE -> operator + " " + ValueBytes.doubleAt(operand, 0);
            case TEXT, JSON -> operator + " \"" + new String(operand, StandardCharsets.UTF_8) + "\"";
            case BYTES -> operator + " " + operand.length + " bytes";
        };
    }
}
