package io.signalbox.bench;

import java.nio.file.Path;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON, names in snake case. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Json() {}

    static void write(final Path file, final Object value) {
        MAPPER.writeValue(file, value);
    }

    static <T> T read(final Path file, final Class<T> type) {
        return MAPPER.readValue(file, type);
    }
}
