package io.signalbox.yaml;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One input of a workflow. Without a default it is required.
 *
 * @param name an id, unique in the file
 * @param type what a given value must be; taken from the default when the file does not say, else a string
 * @param defaultValue the value when none is given; its type is {@code type}
 * @param description one sentence for people
 */
public record Input(String name, Type type, Optional<JsonNode> defaultValue, Optional<String> description) {

    /** The types an input can have. */
    public enum Type {
        /** Text, taken as it is given. */
        STRING,
        /** A JSON number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A JSON array. */
        LIST,
        /** A JSON object. */
        OBJECT;

        /** The word in the file. */
        public String word() {
            return switch (this) {
                case STRING -> "string";
                case NUMBER -> "number";
                case BOOLEAN -> "boolean";
                case LIST -> "list";
                case OBJECT -> "object";
            };
        }

        String withArticle() {
            return (this == OBJECT ? "an " : "a ") + word();
        }
    }

    /** Copies the default. */
    public Input {
        defaultValue = defaultValue.map(JsonNode::deepCopy);
    }

    /** A copy of the default, or empty when the input is required. */
    @Override
    public Optional<JsonNode> defaultValue() {
        return defaultValue.map(JsonNode::deepCopy);
    }

    /** Whether a run must be given this input. */
    public boolean isRequired() {
        return defaultValue.isEmpty();
    }
}
