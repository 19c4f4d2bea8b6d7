package io.signalbox.kernel.context;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of a map, each by its name; what was not asked for is unknown, and refused. */
final class Fields {
    private final DocumentValue map;
    private final String where;
    private final List<String> known = new ArrayList<>();

    /** Of {@code map}, which stands in a document {@code where}. */
    Fields(final DocumentValue map, final String where) {
        this.map = map;
        this.where = where;
        if (!map.isMap()) {
            throw invalid(where + " must be a map, not " + map);
        }
    }

    /** The value of a field, null when it is not there. */
    DocumentValue value(final String name) {
        known.add(name);
        return map.get(name);
    }

    /** A map; the empty one when it is not there. */
    DocumentValue map(final String name) {
        final DocumentValue value = value(name);
        if (value != null && !value.isMap()) {
            throw invalid(at(name) + " must be a map, not " + value);
        }
        return value == null ? DocumentValue.EMPTY_MAP : value;
    }

    /** A list; the empty one when it is not there. */
    DocumentValue list(final String name) {
        final DocumentValue value = value(name);
        if (value != null && !value.isList()) {
            throw invalid(at(name) + " must be a list, not " + value);
        }
        return value == null ? DocumentValue.EMPTY_LIST : value;
    }

    /** A list of texts; the empty one when it is not there. */
    DocumentValue texts(final String name) {
        final DocumentValue list = list(name);
        if (!list.holdsTextsOnly()) {
            throw invalid(at(name) + " must hold texts only: " + list);
        }
        return list;
    }

    /** A text; {@code missing} when it is not there. */
    String text(final String name, final String missing) {
        final DocumentValue value = value(name);
        if (value != null && !value.isText()) {
            throw invalid(at(name) + " must be a text, not " + value);
        }
        return value == null ? missing : value.text();
    }

    /** A text that must be there, and not be empty. */
    String textRequired(final String name) {
        final String text = text(name, "");
        if (text.isEmpty()) {
            throw new InvalidContextException(Rejection.MISSING_FIELD, at(name) + " is missing or empty");
        }
        return text;
    }

    /** A truth value; {@code missing} when it is not there. */
    boolean flag(final String name, final boolean missing) {
        final DocumentValue value = value(name);
        if (value != null && value.kind() != DocumentValue.Kind.BOOLEAN) {
            throw invalid(at(name) + " must be true or false, not " + value);
        }
        return value == null ? missing : value.isTrue();
    }

    /** A whole number in a range; {@code missing} when it is not there. */
    long number(final String name, final long missing, final long min, final long max) {
        final DocumentValue value = value(name);
        if (value == null) {
            return missing;
        }
        if (value.kind() != DocumentValue.Kind.LONG || value.asLong() < min || value.asLong() > max) {
            throw invalid(at(name) + " must be a whole number in " + min + ".." + max + ", not " + value);
        }
        return value.asLong();
    }

    /** A number in 0..1; {@code missing} when it is not there. */
    double fraction(final String name, final double missing) {
        final DocumentValue value = value(name);
        if (value == null) {
            return missing;
        }
        if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
            throw invalid(at(name) + " must be a number in 0..1, not " + value);
        }
        return value.asDouble();
    }

    /** Every field must have been asked for. */
    void end() {
        for (int i = 0; i < map.size(); i++) {
            if (!known.contains(map.name(i))) {
                throw new InvalidContextException(
                        Rejection.UNKNOWN_FIELD,
                        where + " has the unknown field '" + map.name(i) + "'; the nearest known one is '"
                                + NearestName.of(map.name(i), known) + "'");
            }
        }
    }

    private String at(final String name) {
        return "'" + name + "' of " + where;
    }

    private static InvalidContextException invalid(final String message) {
        return new InvalidContextException(Rejection.INVALID_FIELD, message);
    }
}
