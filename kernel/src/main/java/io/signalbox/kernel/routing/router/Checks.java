package io.signalbox.kernel.routing.router;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is asked of the parts of a router; a refusal names the part. */
final class Checks {
    /** Longest id, name, key or task, in characters. */
    static final int NAME_LENGTH_MAX = 256;

    private Checks() {}

    static String name(final String what, final String value) {
        if (value == null || value.isEmpty() || value.length() > NAME_LENGTH_MAX) {
            throw new InvalidRouterException(what + " must have 1 to " + NAME_LENGTH_MAX + " characters: "
                    + (value == null ? "null" : "it has " + value.length()));
        }
        return value;
    }

    /** Longest id or name of a rule, in characters: both and the condition fit the text of an opinion. */
    static final int LINE_LENGTH_MAX = 120;

    static String line(final String what, final String value) {
        if (name(what, value).length() > LINE_LENGTH_MAX || value.indexOf('\n') >= 0) {
            throw new InvalidRouterException(
                    what + " must be one line of 1 to " + LINE_LENGTH_MAX + " characters, it has " + value.length());
        }
        return value;
    }

    static List<String> names(final String what, final int min, final int max, final List<String> values) {
        if (values.size() < min || values.size() > max) {
            throw new InvalidRouterException(
                    what + " must have " + min + " to " + max + " entries, not " + values.size());
        }
        final Set<String> seen = new HashSet<>();
        for (final String value : values) {
            if (!seen.add(name(what, value))) {
                throw new InvalidRouterException(what + " names '" + value + "' twice");
            }
        }
        return List.copyOf(values);
    }

    static int inRange(final String what, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new InvalidRouterException(what + " must be in " + min + ".." + max + ": " + value);
        }
        return value;
    }

    static long notNegative(final String what, final long value) {
        if (value < 0) {
            throw new InvalidRouterException(what + " must be 0 or more: " + value);
        }
        return value;
    }

    static double inUnit(final String what, final double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidRouterException(what + " must be in 0..1: " + value);
        }
        return value;
    }

    static <T> T given(final String what, final T value) {
        if (value == null) {
            throw new InvalidRouterException(what + " is missing");
        }
        return value;
    }
}
