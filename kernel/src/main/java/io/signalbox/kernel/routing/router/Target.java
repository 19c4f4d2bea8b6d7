package io.signalbox.kernel.routing.router;

import java.util.Map;

/** The task that a rule leads to: none, a fixed one, or one computed from the state. */
public sealed interface Target {
    /** Most cases of a computed target. */
    int CASES_MAX = 256;

    /** The rule leads nowhere in particular. */
    static Target none() {
        return new Fixed("");
    }

    /** Always this task. */
    static Target task(final String task) {
        return new Fixed(Checks.name("the next task", task));
    }

    /** The task whose name stands at a path of the state. */
    static Target at(final String path) {
        return new At(Path.of(path));
    }

    /**
     * The task that belongs to the value at a path, which is compared as a text.
     *
     * @param otherwise for any other value, or none.
     */
    static Target byValue(final String path, final Map<String, String> cases, final String otherwise) {
        if (cases.isEmpty() || cases.size() > CASES_MAX) {
            throw new InvalidRouterException(
                    "the target by '" + path + "' must have 1 to " + CASES_MAX + " cases, not " + cases.size());
        }
        cases.values().forEach(task -> Checks.name("a case of the target by '" + path + "'", task));
        return new ByValue(
                Path.of(path), Map.copyOf(cases), Checks.name("the target by '" + path + "' otherwise", otherwise));
    }

    /**
     * The task, empty for none.
     *
     * @throws IllegalStateException when the state holds no usable name where one is expected; the router has failed then.
     */
    String task(RoutingContext context, RoutingState state);

    /** A fixed one; empty for none. */
    record Fixed(String task) implements Target {
        @Override
        public String task(final RoutingContext context, final RoutingState state) {
            return task;
        }
    }

    /** The one whose name stands at a path. */
    record At(Path path) implements Target {
        @Override
        public String task(final RoutingContext context, final RoutingState state) {
            final Object value = path.value(context, state);
            if (value instanceof String text && !text.isEmpty() && text.length() <= Checks.NAME_LENGTH_MAX) {
                return text;
            }
            throw new IllegalStateException("the next task should stand at '" + path + "', which holds "
                    + (value == null ? "nothing" : "no name of 1 to " + Checks.NAME_LENGTH_MAX + " characters"));
        }
    }

    /** The one that belongs to the value at a path. */
    record ByValue(Path path, Map<String, String> cases, String otherwise) implements Target {
        @Override
        public String task(final RoutingContext context, final RoutingState state) {
            final Object value = path.value(context, state);
            return value == null ? otherwise : cases.getOrDefault(value.toString(), otherwise);
        }
    }
}
