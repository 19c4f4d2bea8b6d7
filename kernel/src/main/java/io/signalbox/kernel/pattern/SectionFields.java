package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;

/** Typed values of one section of a pattern whose placeholders have been replaced. What is wrong is a problem, and then some value. */
final class SectionFields {
    private static final int ID_LENGTH_MAX = 100;
    private static final double NS_PER_SECOND = 1e9;
    private static final double SECONDS_MAX = 1e9;

    private final PatternScope scope;
    private final DocumentValue section;
    private final String path;

    SectionFields(final PatternScope scope, final DocumentValue section, final String path) {
        this.scope = scope;
        this.section = section;
        this.path = path;
        if (!section.isMap()) {
            scope.problem(path, PatternFault.INVALID_VALUE, "'" + path + "' must be a mapping, got "
                    + PatternParameter.typeOf(section));
        }
    }

    String path() {
        return path;
    }

    PatternScope scope() {
        return scope;
    }

    String at(final String name) {
        return Placeholders.join(path, name);
    }

    void problem(final String name, final PatternFault fault, final String message) {
        scope.problem(at(name), fault, message);
    }

    /** The value of a name, null when there is none or it is nothing. */
    DocumentValue get(final String name) {
        final DocumentValue value = section.get(name);
        return value == null || value.kind() == DocumentValue.Kind.NULL ? null : value;
    }

    String text(final String name) {
        final DocumentValue value = get(name);
        if (value != null && !value.isText()) {
            problem(name, PatternFault.INVALID_VALUE, "'" + name + "' must be a text, got " + value);
        }
        return value == null ? "" : value.text();
    }

    /** An id; a problem when there is none. */
    String id(final String name) {
        final String id = optionalId(name);
        if (id.isEmpty() && (get(name) == null || get(name).isText())) {
            problem(name, PatternFault.MISSING_VALUE, "'" + path + "' has no '" + name + "'; give it one of its own");
        }
        return id;
    }

    String optionalId(final String name) {
        final String id = text(name);
        if (!isId(id)) {
            problem(name, PatternFault.INVALID_VALUE, "'" + name + "' has at most " + ID_LENGTH_MAX
                    + " letters, digits and the characters _ - . : [ ], got '" + id + "'");
        }
        return id;
    }

    private static boolean isId(final String id) {
        for (int i = 0; i < id.length(); i++) {
            final char c = id.charAt(i);
            final boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!isLetter && "_-.:[]".indexOf(c) < 0) {
                return false;
            }
        }
        return id.length() <= ID_LENGTH_MAX;
    }

    int wholeNumber(final String name, final int min, final int max, final int byDefault) {
        final DocumentValue value = get(name);
        if (value == null) {
            return byDefault;
        }
        if (value.kind() != DocumentValue.Kind.LONG || value.asLong() < min || value.asLong() > max) {
            problem(name, PatternFault.INVALID_VALUE, "'" + name + "' must be a whole number from " + min + " to " + max
                    + ", got " + value);
            return byDefault;
        }
        return (int) value.asLong();
    }

    /** Seconds as nanoseconds; 0 when there are none. */
    long seconds(final String name) {
        final DocumentValue value = get(name);
        if (value == null) {
            return 0;
        }
        if (!value.isNumber() || !(value.asDouble() > 0) || value.asDouble() > SECONDS_MAX) {
            problem(name, PatternFault.INVALID_VALUE, "'" + name + "' must be a number of seconds above 0, got " + value);
            return 0;
        }
        return (long) (value.asDouble() * NS_PER_SECOND);
    }

    /** Texts, each once. */
    List<String> texts(final String name, final boolean isNeeded) {
        final DocumentValue value = get(name);
        final List<String> texts = new ArrayList<>();
        if (value != null && !value.isList()) {
            problem(name, PatternFault.INVALID_VALUE, "'" + name + "' must be a list of texts, got " + value);
            return texts;
        }
        for (int i = 0; value != null && i < value.size(); i++) {
            final DocumentValue element = value.value(i);
            final String at = name + "[" + i + "]";
            if (!element.isText() || element.text().isEmpty()) {
                if (element.kind() != DocumentValue.Kind.NULL) {
                    problem(at, PatternFault.INVALID_VALUE, "'" + name + "' must be a list of texts, got " + element);
                }
            } else if (texts.contains(element.text())) {
                problem(at, PatternFault.DUPLICATE_ID, "'" + element.text() + "' stands twice in '" + name
                        + "'; name each once");
            } else {
                texts.add(element.text());
            }
        }
        if (isNeeded && (value == null || value.size() == 0)) {
            problem(name, PatternFault.NOTHING_TO_DO, "'" + path + "' has no '" + name + "'; name at least one");
        }
        return texts;
    }

    /** One of some words. */
    String choice(final String name, final List<String> words, final String byDefault) {
        final String word = text(name);
        if (word.isEmpty() || words.contains(word)) {
            return word.isEmpty() ? byDefault : word;
        }
        problem(name, PatternFault.INVALID_VALUE, "'" + name + "' must be one of " + String.join(", ", words) + ", got '"
                + word + "'" + PatternNames.hint(word, words));
        return byDefault;
    }
}
