package io.signalbox.kernel.composition;

import java.util.List;
import java.util.Map;

/**
 * Something that a component or a template is told.
 *
 * @param name not empty.
 * @param type of its values.
 * @param isRequired whether it must be said.
 * @param usual its value when it is not said; null for none.
 */
public record Parameter(String name, Type type, boolean isRequired, Object usual) {
    /** What a value must be. */
    public enum Type {
        /** A text. */
        TEXT,
        /** A number, whole or not. */
        NUMBER,
        /** A whole number. */
        INTEGER,
        /** True or false. */
        FLAG,
        /** A list. */
        LIST,
        /** A map. */
        MAP,
        /** Anything. */
        ANY;

        boolean accepts(final Object value) {
            return switch (this) {
                case TEXT -> value instanceof CharSequence;
                case NUMBER -> value instanceof Number;
                case INTEGER -> value instanceof Integer || value instanceof Long || value instanceof Short;
                case FLAG -> value instanceof Boolean;
                case LIST -> value instanceof List;
                case MAP -> value instanceof Map;
                case ANY -> true;
            };
        }
    }

    public Parameter {
        InvalidCompositionException.unless(!name.isBlank(), "a parameter needs a name");
        InvalidCompositionException.unless(
                usual == null || type.accepts(usual),
                "parameter '" + name + "' must be " + type + ", its usual value is not: " + usual);
    }

    /** One that must be said. */
    public static Parameter required(final String name, final Type type) {
        return new Parameter(name, type, true, null);
    }

    /** One that has a value when it is not said. */
    public static Parameter optional(final String name, final Type type, final Object usual) {
        return new Parameter(name, type, false, usual);
    }
}
