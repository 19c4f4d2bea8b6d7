package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.List;

/**
 * What a pattern can be told.
 *
 * @param name by which its placeholders stand for it.
 * @param type one of {@link #TYPES}.
 * @param description for people; may be empty.
 * @param defaultValue what holds when nothing is said; null when something has to be said.
 */
public record PatternParameter(String name, String type, String description, DocumentValue defaultValue) {
    /** What a parameter can be; {@code any} is not checked. */
    public static final List<String> TYPES = List.of("any", "string", "number", "boolean", "list", "mapping");

    /** Whether it has to be given. */
    public boolean isRequired() {
        return defaultValue == null;
    }

    /** Whether a value is of its type. */
    public boolean takes(final DocumentValue value) {
        return type.equals("any") || type.equals(typeOf(value));
    }

    /** The type of a value; {@code nothing} for none. */
    public static String typeOf(final DocumentValue value) {
        return switch (value.kind()) {
            case NULL -> "nothing";
            case BOOLEAN -> "boolean";
            case LONG, DOUBLE -> "number";
            case TEXT -> "string";
            case LIST -> "list";
            case MAP -> "mapping";
        };
    }
}
