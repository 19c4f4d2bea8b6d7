package io.signalbox.kernel.routing.router;

/** How the value of the state is compared with the one of the rule. */
public enum ConditionOperator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    LESS("<"),
    AT_LEAST(">="),
    AT_MOST("<="),
    /** The state's value is one of the rule's, or a part of its text. */
    IN("in"),
    NOT_IN("not_in"),
    /** The rule's value is one of the state's, or a part of its text, or a key of its map. */
    CONTAINS("contains"),
    NOT_CONTAINS("not_contains");

    private static final ConditionOperator[] ALL = values();

    private final String symbol;

    ConditionOperator(final String symbol) {
        this.symbol = symbol;
    }

    /** As it is written in rules. */
    public String symbol() {
        return symbol;
    }

    /**
     * The operator of this symbol.
     *
     * @throws InvalidRouterException when there is none; the message lists them.
     */
    public static ConditionOperator of(final String symbol) {
        final StringBuilder known = new StringBuilder();
        for (final ConditionOperator operator : ALL) {
            if (operator.symbol.equals(symbol)) {
                return operator;
            }
            known.append(known.length() == 0 ? "" : " ").append(operator.symbol);
        }
        throw new InvalidRouterException("unknown operator '" + symbol + "'; there are " + known);
    }

    /** Whether values of these types can be compared so. Neither is null. */
    boolean applies(final Object actual, final Object expected) {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> true;
            case GREATER, LESS, AT_LEAST, AT_MOST -> Values.compare(actual, expected) != Values.UNLIKE;
            case IN, NOT_IN -> fits(expected, actual);
            case CONTAINS, NOT_CONTAINS -> fits(actual, expected);
        };
    }

    /** Only a text can be part of a text. */
    private static boolean fits(final Object container, final Object element) {
        return Values.holds(container) && (!(container instanceof String) || element instanceof String);
    }

    /** Whether the comparison holds, of values to which it {@link #applies}. */
    boolean holds(final Object actual, final Object expected) {
        return switch (this) {
            case EQUAL -> Values.equal(actual, expected);
            case NOT_EQUAL -> !Values.equal(actual, expected);
            case GREATER -> Values.compare(actual, expected) > 0;
            case LESS -> Values.compare(actual, expected) < 0;
            case AT_LEAST -> Values.compare(actual, expected) >= 0;
            case AT_MOST -> Values.compare(actual, expected) <= 0;
            case IN -> Values.contains(expected, actual);
            case NOT_IN -> !Values.contains(expected, actual);
            case CONTAINS -> Values.contains(actual, expected);
            case NOT_CONTAINS -> !Values.contains(actual, expected);
        };
    }
}
