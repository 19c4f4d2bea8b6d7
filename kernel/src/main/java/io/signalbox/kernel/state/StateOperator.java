package io.signalbox.kernel.state;

/** What a {@link StatePredicate} asks of a value. The code enters the journal: append only. */
public enum StateOperator {
    /** The key exists, also with a null value. No operand. */
    EXISTS(1),
    /** The key does not exist. No operand. */
    ABSENT(2),
    /** The value equals the operand; numbers by their exact value. */
    EQUAL(3),
    /** The key exists and its value does not equal the operand. */
    NOT_EQUAL(4),
    /** The value is less than the operand. */
    LESS(5),
    /** The value is less than the operand or equals it. */
    AT_MOST(6),
    /** The value is greater than the operand. */
    GREATER(7),
    /** The value is greater than the operand or equals it. */
    AT_LEAST(8),
    /** The operand stands somewhere in the value; text, JSON and bytes. */
    CONTAINS(9),
    /** The value begins with the operand; text, JSON and bytes. */
    STARTS_WITH(10),
    /** The value ends with the operand; text, JSON and bytes. */
    ENDS_WITH(11),
    /** The value was written after the version that the operand names, a number from 0. */
    NEWER_THAN(12);

    private static final StateOperator[] BY_CODE = new StateOperator[13];

    static {
        for (final StateOperator operator : values()) {
            BY_CODE[operator.code] = operator;
        }
    }

    private final int code;

    StateOperator(final int code) {
        this.code = code;
    }

    /** Number in the command. */
    public int code() {
        return code;
    }

    /** The operator with this number, or null. */
    public static StateOperator of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** Whether an operand of this type and length means something to it. */
    public boolean takes(final ValueType type, final int length) {
        if (type == null || !type.fits(length)) {
            return false;
        }
        return switch (this) {
            case EXISTS, ABSENT -> type == ValueType.NULL;
            case EQUAL, NOT_EQUAL -> true;
            case LESS, AT_MOST, GREATER, AT_LEAST -> type != ValueType.NULL && type != ValueType.JSON;
            case CONTAINS, STARTS_WITH, ENDS_WITH ->
                type == ValueType.TEXT || type == ValueType.JSON || type == ValueType.BYTES;
            case NEWER_THAN -> type == ValueType.LONG;
        };
    }
}
