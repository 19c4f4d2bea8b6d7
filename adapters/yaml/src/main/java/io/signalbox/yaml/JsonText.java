package io.signalbox.yaml;

import tools.jackson.databind.JsonNode;

/** JSON values as people and programs read them. */
final class JsonText {
    private static final int SHOWN_LENGTH_MAX = 60;

    private JsonText() {}

    /** What a template puts in place of a value: a string as it is, everything else as compact JSON text. */
    static String render(final JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    /** The kind and the value for a message: {@code number 3}, {@code string 'abc'}. Long values are cut. */
    static String describe(final JsonNode value) {
        if (value.isNull()) {
            return "null";
        }
        return kind(value) + " " + (value.isString() ? "'" + cut(value.stringValue()) + "'" : cut(value.toString()));
    }

    /** The kind of a value in the words of the file. */
    static String kind(final JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "list";
            case OBJECT -> "object";
            case NULL -> "null";
            case BINARY, MISSING, POJO -> "unknown value";
        };
    }

    /** A text on one line, short enough for a message. */
    static String cut(final String text) {
        final StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), SHOWN_LENGTH_MAX);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            final char character = text.charAt(i);
            if (character == '\n') {
                shown.append("\\n");
            } else if (Character.isISOControl(character)) {
                shown.append(String.format("\\u%04x", (int) character));
            } else {
                shown.append(character);
            }
        }
        return end < text.length() ? shown.append("...").toString() : shown.toString();
    }
}
