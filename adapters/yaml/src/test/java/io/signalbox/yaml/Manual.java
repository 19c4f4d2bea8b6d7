package io.signalbox.yaml;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A page of the manual that describes files, and the schema of these files. */
record Manual(String text, String schemaText) {
    static final Path DOCS = Path.of("../../docs");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    static Manual of(final String page, final String schemaText) throws IOException {
        return new Manual(Files.readString(DOCS.resolve(page)), schemaText);
    }

    /** The files that it shows. */
    List<String> examples() {
        return EXAMPLE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    JsonNode schema() throws IOException {
        return MapScope.json(schemaText);
    }

    /** What the schema has against a file; nothing when it is valid. */
    List<String> validate(final String yaml) {
        final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaText);
        final Problems problems = new Problems(new SourceText(yaml));
        final JsonNode json = new JsonValues(problems).of(YamlComposer.compose(problems));
        return schema.validate(json.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** The keys of an object of a schema, which knows no others. */
    static List<String> keys(final JsonNode schema) {
        if (schema.get("additionalProperties").booleanValue()) {
            throw new AssertionError("takes any key: " + schema);
        }
        return List.copyOf(schema.get("properties").propertyNames());
    }

    static List<String> texts(final JsonNode list) {
        final List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.stringValue()));
        return texts;
    }
}
