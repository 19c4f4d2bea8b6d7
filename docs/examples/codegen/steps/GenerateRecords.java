import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Generates one immutable record for each object of the linked model, and one enum for each enumeration. A record holds
 * what a document says, right or wrong: an absent field is {@code null}, and judging is the validator's work. Optional
 * fields have a second accessor, {@code xIfPresent()}. Lists are copied on the way in and cannot be changed.
 */
public final class GenerateRecords {
    private static final List<String> IMPORTS = List.of(
            "java.math.BigDecimal",
            "java.net.URI",
            "java.time.LocalDate",
            "java.time.OffsetDateTime",
            "java.util.ArrayList",
            "java.util.Collections",
            "java.util.List",
            "java.util.Optional",
            "java.util.UUID");
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private GenerateRecords() {}

    public static void main(final String[] args) throws IOException {
        final JsonNode linked = MAPPER.readTree(Files.readString(Path.of(args[0])));
        final String javaPackage = linked.get("package").stringValue();
        final Path folder = Path.of(System.getenv("SIGNALBOX_OUT"), "records", javaPackage.replace('.', '/'));
        Files.createDirectories(folder);
        int records = 0;
        for (final JsonNode type : linked.get("types")) {
            final boolean isRecord = type.get("kind").stringValue().equals("record");
            final String name = type.get("name").stringValue();
            System.err.println("writing " + name);
            final String body = isRecord ? record(name, type) : enumeration(name, type);
            Files.writeString(
                    folder.resolve(name + ".java"), "package " + javaPackage + ";\n\n" + imports(body) + body);
            records += isRecord ? 1 : 0;
        }
        System.out.println(MAPPER.createObjectNode()
                .put("records", records)
                .put("enums", linked.get("types").size() - records));
    }

    private static String record(final String name, final JsonNode type) {
        final List<String> components = new ArrayList<>();
        final List<String> tags = new ArrayList<>();
        final StringBuilder copies = new StringBuilder();
        final StringBuilder accessors = new StringBuilder();
        for (final JsonNode field : type.get("fields")) {
            final String java = field.get("java").stringValue();
            final String javaType = javaType(field.get("schema"));
            final boolean required = field.get("required").booleanValue();
            components.add("        " + javaType + " " + java);
            final String description = field.get("schema").path("description").asString("");
            tags.add(" * @param " + java + " "
                    + javadoc(description.isEmpty() ? field.get("name").stringValue() : description)
                    + (required ? "" : " Null when absent."));
            if (field.get("schema").has("items")) {
                copies.append(
                        "        %1$s = %1$s == null ? null : Collections.unmodifiableList(new ArrayList<>(%1$s));\n"
                                .formatted(java));
            }
            if (!required) {
                accessors.append("""

                            /** {@link #%1$s()}, or empty when it is absent. */
                            public Optional<%2$s> %1$sIfPresent() {
                                return Optional.ofNullable(%1$s);
                            }
                        """.formatted(java, javaType));
            }
        }
        final String constructor = copies.isEmpty() ? "" : """

                    /** Copies the lists, so that nobody can change them. To check: {@link %1$sValidator}. */
                    public %1$s {
                %2$s    }
                """.formatted(name, copies);
        return header(type) + " *\n" + String.join("\n", tags) + "\n */\npublic record " + name + "(\n"
                + String.join(",\n", components) + ") {\n"
                + (constructor + accessors).replaceFirst("^\n", "") + "}\n";
    }

    private static String enumeration(final String name, final JsonNode type) {
        final String constants = type.get("values")
                .valueStream()
                .map(value -> "    " + value.get("java").stringValue() + "("
                        + MAPPER.writeValueAsString(value.get("json")) + ")")
                .collect(Collectors.joining(",\n"));
        return header(type) + " */\n" + """
                public enum %1$s {
                %2$s;

                    private final String json;

                    %1$s(final String json) {
                        this.json = json;
                    }

                    /** The value as it stands in a document. */
                    public String json() {
                        return json;
                    }

                    /**
                     * The constant for a value of a document.
                     *
                     * @throws IllegalArgumentException when the contract does not have the value
                     */
                    public static %1$s fromJson(final String json) {
                        for (final %1$s value : values()) {
                            if (value.json.equals(json)) {
                                return value;
                            }
                        }
                        throw new IllegalArgumentException("%1$s has no value " + json);
                    }
                }
                """.formatted(name, constants);
    }

    private static String header(final JsonNode type) {
        final String description = type.get("description").stringValue();
        return "/**\n * " + javadoc(description.isEmpty() ? type.get("name").stringValue() : description)
                + "\n *\n * <p>Generated from {@code "
                + javadoc(type.get("at").stringValue()).replaceFirst("#$", "") + "}.\n";
    }

    private static String javaType(final JsonNode schema) {
        return switch (schema.get("kind").stringValue()) {
            case "record", "enum" -> schema.get("type").stringValue();
            case "array" -> "List<" + javaType(schema.get("items")) + ">";
            case "integer" -> "Long";
            case "number" -> "BigDecimal";
            case "boolean" -> "Boolean";
            default ->
                switch (schema.path("format").asString("")) {
                    case "date" -> "LocalDate";
                    case "date-time" -> "OffsetDateTime";
                    case "uri" -> "URI";
                    case "uuid" -> "UUID";
                    default -> "String";
                };
        };
    }

    private static String imports(final String body) {
        final String imports = IMPORTS.stream()
                .filter(name -> Pattern.compile("\\b" + name.replaceAll(".*\\.", "") + "\\b")
                        .matcher(body)
                        .find())
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
        return imports.isEmpty() ? "" : imports + "\n";
    }

    /** Text that neither ends the comment nor means anything to the compiler or to javadoc. */
    private static String javadoc(final String text) {
        return text.strip()
                .replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("\\", "&#92;")
                .replace("*/", "*&#47;");
    }
}
