package io.signalbox.kernel.routing.router;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How values of a state compare: numbers by value whatever their type, texts by their characters, the rest only for equality. */
final class Values {
    /** {@link #compare}: the two are of unlike types and have no order. */
    static final int UNLIKE = Integer.MIN_VALUE;

    private Values() {}

    /** Negative, 0 or positive as the first is less, equal or greater; {@link #UNLIKE} when they have no order. */
    static int compare(final Object a, final Object b) {
        if (a instanceof String x && b instanceof String y) {
            return Integer.signum(x.compareTo(y));
        }
        if (a instanceof Number x && b instanceof Number y) {
            return compare(x, y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        return UNLIKE;
    }

    /** Exact also where a long does not fit a double; NaN has no order. */
    private static int compare(final Number a, final Number b) {
        if (isWhole(a) && isWhole(b)) {
            return Long.compare(a.longValue(), b.longValue());
        }
        final double x = a.doubleValue();
        final double y = b.doubleValue();
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return UNLIKE;
        }
        if (x != y) {
            return x < y ? -1 : 1;
        }
        return isWhole(a) ? rest(a, x) : isWhole(b) ? -rest(b, y) : 0;
    }

    /** Sign of what rounding the whole number to a double took away. */
    private static int rest(final Number whole, final double rounded) {
        return rounded == 0x1p63 ? -1 : Long.compare(whole.longValue(), (long) rounded);
    }

    private static boolean isWhole(final Number number) {
        return number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    /** Equal; values of unlike types are not, lists and maps are when all they hold is. */
    static boolean equal(final Object a, final Object b) {
        if (a instanceof String) {
            return a.equals(b);
        }
        return compare(a, b) == 0 || (a instanceof Collection<?> || a instanceof Map<?, ?>) && a.equals(b);
    }

    /** Whether a value can hold others: a list, a map (its keys), a text (its parts). */
    static boolean holds(final Object container) {
        return container instanceof String || container instanceof Collection<?> || container instanceof Map<?, ?>;
    }

    /** Whether a container holds an element. */
    static boolean contains(final Object container, final Object element) {
        if (container instanceof String text) {
            return element instanceof String part && text.contains(part);
        }
        if (container instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (equal(list.get(i), element)) {
                    return true;
                }
            }
            return false;
        }
        if (container instanceof Map<?, ?> map) {
            return element instanceof String && map.containsKey(element);
        }
        if (container instanceof Collection<?> elements) {
            for (final Object each : elements) {
                if (equal(each, element)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** False for null, false, zero, and what is empty. */
    static boolean isTruthy(final Object value) {
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return !isEmpty(value);
    }

    /** Whether there is nothing in it: null, an empty text, list or map. */
    static boolean isEmpty(final Object value) {
        return value == null
                || value instanceof String text && text.isEmpty()
                || value instanceof Collection<?> elements && elements.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    /** Whether it may stand in a rule: a text, number, truth value, or a list of such. */
    static boolean isLiteral(final Object value) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(element -> !(element instanceof List<?>) && isLiteral(element));
        }
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    /** A value as it stands in a sentence. */
    static String text(final Object value) {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
}
