package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What the result of a task has to be.
 *
 * @param task whose result is looked at.
 * @param field of the result, a path of names and indexes with dots between; empty for the whole.
 * @param operator how the two are compared.
 * @param value with which it is compared.
 */
public record Condition(String task, String field, Operator operator, DocumentValue value) {
    /** How a value is compared. Only numbers have an order. */
    public enum Operator {
        EQUALS("equals"),
        NOT_EQUALS("not_equals"),
        AT_LEAST("at_least"),
        AT_MOST("at_most"),
        /** With true: it is there; with false: it is not. */
        EXISTS("exists");

        private final String word;

        Operator(final String word) {
            this.word = word;
        }

        /** How it is written. */
        public String word() {
            return word;
        }
    }

    /** The words of all operators. */
    static List<String> operators() {
        return Arrays.stream(Operator.values()).map(Operator::word).toList();
    }

    /** Whether a result is as it has to be. One that is not there is unequal to everything, and neither large nor small. */
    public boolean holds(final DocumentValue result) {
        final DocumentValue found = at(result, field);
        return switch (operator) {
            case EQUALS -> found != null && same(found, value);
            case NOT_EQUALS -> found == null || !same(found, value);
            case AT_LEAST -> areNumbers(found) && found.asDouble() >= value.asDouble();
            case AT_MOST -> areNumbers(found) && found.asDouble() <= value.asDouble();
            case EXISTS -> (found != null && found.kind() != DocumentValue.Kind.NULL) == value.isTrue();
        };
    }

    private boolean areNumbers(final DocumentValue found) {
        return found != null && found.isNumber() && value.isNumber();
    }

    private static boolean same(final DocumentValue left, final DocumentValue right) {
        return left.isNumber() && right.isNumber() ? left.asDouble() == right.asDouble() : left.equals(right);
    }

    /** The value at a path of names and indexes; null when there is none. */
    static DocumentValue at(final DocumentValue whole, final String path) {
        DocumentValue value = whole;
        int from = 0;
        while (value != null && from < path.length()) {
            final int dot = path.indexOf('.', from);
            final int to = dot < 0 ? path.length() : dot;
            value = step(value, path.substring(from, to));
            from = to + 1;
        }
        return value;
    }

    private static DocumentValue step(final DocumentValue value, final String name) {
        if (!value.isList()) {
            return value.get(name);
        }
        int index = name.isEmpty() || name.length() > 6 ? -1 : 0;
        for (int i = 0; i < name.length() && index >= 0; i++) {
            final char c = name.charAt(i);
            index = c >= '0' && c <= '9' ? index * 10 + c - '0' : -1;
        }
        return index < 0 || index >= value.size() ? null : value.value(index);
    }

    DocumentValue document() {
        final TreeMap<String, Object> map = new TreeMap<>();
        map.put("task", task);
        map.put("field", field);
        map.put(operator.word, value);
        return DocumentValue.of(map);
    }

    static Condition of(final DocumentValue document) {
        for (final Operator operator : Operator.values()) {
            final DocumentValue value = document.get(operator.word);
            if (value != null) {
                return new Condition(document.textOf("task"), document.textOf("field"), operator, value);
            }
        }
        return null;
    }
}
