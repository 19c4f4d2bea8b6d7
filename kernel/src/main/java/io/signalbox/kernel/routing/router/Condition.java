package io.signalbox.kernel.routing.router;

import java.util.List;

/**
 * What must hold of a state for a rule to apply: a comparison, or several joined by {@code all}, {@code any} and {@code not}. At
 * most {@value #DEPTH_MAX} deep and {@value #NODES_MAX} large, which is checked when it is made.
 *
 * <p>A comparison with a value that is absent or null does not hold, whatever the operator; nor does one of unlike types, such as
 * {@code 'three' > 2}. Unlike values are unequal, so {@code !=} holds of them.
 */
public sealed interface Condition {
    /** Deepest nesting. */
    int DEPTH_MAX = 16;

    /** Most parts of one condition. */
    int NODES_MAX = 256;

    /** Most alternatives that {@code in} compares with. */
    int ALTERNATIVES_MAX = 1024;

    /** Whether it holds. {@code trace} counts what could not be compared. */
    boolean holds(RoutingContext context, RoutingState state, Trace trace);

    /** Levels of nesting, 1 for a comparison. */
    int depth();

    /** Parts, itself included. */
    int nodes();

    /** What was met on the way. One evaluation. */
    final class Trace {
        private int unlike;

        /** Comparisons of unlike types. */
        public int unlike() {
            return unlike;
        }
    }

    /** The value at a path, compared with a text, number, truth value or list of such. */
    static Condition when(final String path, final String operator, final Object expected) {
        return when(path, ConditionOperator.of(operator), expected);
    }

    /** As {@link #when(String, String, Object)}. An expected {@link Path} is looked up in the same state. */
    static Condition when(final String path, final ConditionOperator operator, final Object expected) {
        Checks.given("the operator of a condition on '" + path + "'", operator);
        if (!(expected instanceof Path) && !Values.isLiteral(expected)) {
            throw new InvalidRouterException("the condition on '" + path + "' compares with "
                    + (expected == null ? "null" : "a " + expected.getClass().getSimpleName())
                    + "; expected a text, a number, true or false, a list of such, or a path");
        }
        if (expected instanceof List<?> list && list.size() > ALTERNATIVES_MAX) {
            throw new InvalidRouterException("the condition on '" + path + "' compares with a list of " + list.size()
                    + "; it may have " + ALTERNATIVES_MAX);
        }
        return new Comparison(Path.of(path), operator, expected instanceof List<?> list ? List.copyOf(list) : expected);
    }

    /** All of them hold. */
    static Condition all(final Condition... conditions) {
        return new All(List.of(conditions));
    }

    /** At least one of them holds. */
    static Condition any(final Condition... conditions) {
        return new Any(List.of(conditions));
    }

    /** It does not hold. */
    static Condition not(final Condition condition) {
        return new Not(condition);
    }

    private static void requireBounded(final Condition condition) {
        if (condition.depth() > DEPTH_MAX) {
            throw new InvalidRouterException(
                    "a condition may be " + DEPTH_MAX + " levels deep, this one has " + condition.depth());
        }
        if (condition.nodes() > NODES_MAX) {
            throw new InvalidRouterException(
                    "a condition may have " + NODES_MAX + " parts, this one has " + condition.nodes());
        }
    }

    private static int depthOf(final List<Condition> parts) {
        return 1 + parts.stream().mapToInt(Condition::depth).max().orElse(0);
    }

    private static int nodesOf(final List<Condition> parts) {
        return 1 + parts.stream().mapToInt(Condition::nodes).sum();
    }

    private static List<Condition> some(final String what, final List<Condition> parts) {
        if (parts.isEmpty()) {
            throw new InvalidRouterException("'" + what + "' of no condition");
        }
        return parts;
    }

    private static String join(final String word, final List<Condition> parts) {
        final StringBuilder text = new StringBuilder("(");
        for (final Condition part : parts) {
            text.append(text.length() == 1 ? "" : word).append(part);
        }
        return text.append(')').toString();
    }

    /** The value at {@code path} compared with {@code expected}, a literal or a {@link Path}. */
    record Comparison(Path path, ConditionOperator operator, Object expected) implements Condition {
        @Override
        public boolean holds(final RoutingContext context, final RoutingState state, final Trace trace) {
            final Object actual = path.value(context, state);
            final Object other = expected instanceof Path there ? there.value(context, state) : expected;
            if (actual == null || other == null) {
                return false;
            }
            if (!operator.applies(actual, other)) {
                trace.unlike++;
                return false;
            }
            return operator.holds(actual, other);
        }

        @Override
        public int depth() {
            return 1;
        }

        @Override
        public int nodes() {
            return 1;
        }

        @Override
        public String toString() {
            return path + " " + operator.symbol() + " " + (expected instanceof Path ? expected : Values.text(expected));
        }
    }

    /** All parts hold. */
    record All(List<Condition> parts, int depth, int nodes) implements Condition {
        All(final List<Condition> parts) {
            this(some("all", parts), depthOf(parts), nodesOf(parts));
            requireBounded(this);
        }

        @Override
        public boolean holds(final RoutingContext context, final RoutingState state, final Trace trace) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).holds(context, state, trace)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return join(" and ", parts);
        }
    }

    /** One part holds. */
    record Any(List<Condition> parts, int depth, int nodes) implements Condition {
        Any(final List<Condition> parts) {
            this(some("any", parts), depthOf(parts), nodesOf(parts));
            requireBounded(this);
        }

        @Override
        public boolean holds(final RoutingContext context, final RoutingState state, final Trace trace) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).holds(context, state, trace)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return join(" or ", parts);
        }
    }

    /** The part does not hold. */
    record Not(Condition part, int depth, int nodes) implements Condition {
        Not(final Condition part) {
            this(Checks.given("the condition of 'not'", part), 1 + part.depth(), 1 + part.nodes());
            requireBounded(this);
        }

        @Override
        public boolean holds(final RoutingContext context, final RoutingState state, final Trace trace) {
            return !part.holds(context, state, trace);
        }

        @Override
        public String toString() {
            return "not " + part;
        }
    }
}
