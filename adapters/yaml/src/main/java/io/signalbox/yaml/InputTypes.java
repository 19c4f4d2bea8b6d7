package io.signalbox.yaml;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which input type a JSON value has. */
final class InputTypes {
    private InputTypes() {}

    /** Empty for null. */
    static Optional<Input.Type> of(final JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> Optional.of(Input.Type.STRING);
            case NUMBER -> Optional.of(Input.Type.NUMBER);
            case BOOLEAN -> Optional.of(Input.Type.BOOLEAN);
            case ARRAY -> Optional.of(Input.Type.LIST);
            case OBJECT -> Optional.of(Input.Type.OBJECT);
            case NULL, BINARY, MISSING, POJO -> Optional.empty();
        };
    }
}
