import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Generates one validator for each record of the linked model. {@code OrderValidator.validate(order)} answers with
 * every violation, each with the JSON pointer of the value and the keyword of the contract that it does not meet. What
 * the Java types already guarantee (a date is a date) is not checked again.
 */
public final class GenerateValidators {
    private static final List<String> IMPORTS = List.of(
            "java.math.BigDecimal",
            "java.net.URI",
            "java.time.LocalDate",
            "java.time.OffsetDateTime",
            "java.util.ArrayList",
            "java.util.HashSet",
            "java.util.List",
            "java.util.UUID",
            "java.util.regex.Pattern");
    private static final String VIOLATION = """
            /**
             * One way in which a document does not meet its contract.
             *
             * @param path the JSON pointer of the value, such as {@code /lines/0/quantity}
             * @param rule the keyword of the contract, such as {@code minimum}
             * @param message what was expected
             */
            public record Violation(String path, String rule, String message) {}
            """;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final StringBuilder patterns = new StringBuilder();
    private final StringBuilder methods = new StringBuilder();
    private int rules;

    private GenerateValidators() {}

    public static void main(final String[] args) throws IOException {
        final JsonNode linked = MAPPER.readTree(Files.readString(Path.of(args[0])));
        final String javaPackage = linked.get("package").stringValue();
        final Path folder = Path.of(System.getenv("SIGNALBOX_OUT"), "validators", javaPackage.replace('.', '/'));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("Violation.java"), "package " + javaPackage + ";\n\n" + VIOLATION);
        int validators = 0;
        int rules = 0;
        for (final JsonNode type : linked.get("types")) {
            if (type.get("kind").stringValue().equals("record")) {
                final String name = type.get("name").stringValue();
                System.err.println("writing " + name + "Validator");
                final GenerateValidators generator = new GenerateValidators();
                final String body = generator.validator(name, type);
                Files.writeString(
                        folder.resolve(name + "Validator.java"),
                        "package " + javaPackage + ";\n\n" + imports(body) + "\n" + body);
                validators++;
                rules += generator.rules;
            }
        }
        System.out.println(
                MAPPER.createObjectNode().put("validators", validators).put("rules", rules));
    }

    private String validator(final String name, final JsonNode type) {
        final StringBuilder calls = new StringBuilder();
        for (final JsonNode field : type.get("fields")) {
            final String java = field.get("java").stringValue();
            final String check = "check" + java.substring(0, 1).toUpperCase(Locale.ROOT) + java.substring(1);
            final String pointer =
                    field.get("name").stringValue().replace("~", "~0").replace("/", "~1");
            calls.append(
                    "        %s(value.%s(), path + %s, violations);\n".formatted(check, java, literal("/" + pointer)));
            method(check, java, field.get("schema"), field.get("required").booleanValue());
        }
        return """
                /** Checks {@link %1$s} against its contract. Any thread. */
                public final class %1$sValidator {
                %2$s    private %1$sValidator() {}

                    /** Every violation, in the order of the fields; an empty list when there is none. */
                    public static List<Violation> validate(final %1$s value) {
                        final List<Violation> violations = new ArrayList<>();
                        check(value, "", violations);
                        return List.copyOf(violations);
                    }

                    static void check(final %1$s value, final String path, final List<Violation> violations) {
                %3$s    }
                %4$s}
                """.formatted(name, patterns.isEmpty() ? "" : patterns + "\n", calls, methods);
    }

    /** Adds the method that checks one value: absence first, then each keyword of its schema. */
    private void method(final String method, final String java, final JsonNode schema, final boolean required) {
        final StringBuilder body = new StringBuilder();
        final String absent = required ? violation("required", "expected a value, found none") : "";
        rules += required ? 1 : 0;
        body.append("        if (value == null) {\n").append(absent).append("            return;\n        }\n");
        switch (schema.get("kind").stringValue()) {
            case "record" ->
                body.append("        %sValidator.check(value, path, violations);\n"
                        .formatted(schema.get("type").stringValue()));
            case "array" -> array(method, java, schema, body);
            case "integer" -> {
                for (final Map.Entry<String, JsonNode> rule : schema.properties()) {
                    final String bound = rule.getValue().asString("") + "L";
                    number(
                            rule.getKey(),
                            rule.getValue(),
                            "value.compareTo(" + bound + ")",
                            "value % " + bound + " != 0",
                            body);
                }
            }
            case "number" -> {
                for (final Map.Entry<String, JsonNode> rule : schema.properties()) {
                    final String bound = "new BigDecimal(\"" + rule.getValue().asString("") + "\")";
                    number(
                            rule.getKey(),
                            rule.getValue(),
                            "value.compareTo(" + bound + ")",
                            "value.remainder(" + bound + ").signum() != 0",
                            body);
                }
            }
            default -> text(java, schema, body);
        }
        methods.append("""

                    private static void %s(final %s value, final String path, final List<Violation> violations) {
                %s    }
                """.formatted(method, javaType(schema), body));
    }

    private void number(
            final String rule,
            final JsonNode bound,
            final String compared,
            final String remains,
            final StringBuilder body) {
        final String value = bound.asString("");
        switch (rule) {
            case "minimum" -> check(compared + " < 0", rule, "expected at least " + value, body);
            case "maximum" -> check(compared + " > 0", rule, "expected at most " + value, body);
            case "exclusiveMinimum" -> check(compared + " <= 0", rule, "expected more than " + value, body);
            case "exclusiveMaximum" -> check(compared + " >= 0", rule, "expected less than " + value, body);
            case "multipleOf" -> check(remains, rule, "expected a multiple of " + value, body);
            default -> {} // a description, examples: nothing to check
        }
    }

    private void text(final String java, final JsonNode schema, final StringBuilder body) {
        final String length = "value.codePointCount(0, value.length())";
        if (schema.has("minLength")) {
            final int minLength = schema.get("minLength").intValue();
            check(length + " < " + minLength, "minLength", "expected a length of at least " + minLength, body);
        }
        if (schema.has("maxLength")) {
            final int maxLength = schema.get("maxLength").intValue();
            check(length + " > " + maxLength, "maxLength", "expected a length of at most " + maxLength, body);
        }
        if (schema.has("pattern")) {
            final String pattern = schema.get("pattern").stringValue();
            check(
                    "!" + pattern(java, pattern) + ".matcher(value).find()",
                    "pattern",
                    "expected a match of " + pattern,
                    body);
        }
        switch (schema.path("format").asString("")) {
            case "email" ->
                check(
                        "!" + pattern(java + "Format", "^[^@\\s]+@[^@\\s]+$") + ".matcher(value).find()",
                        "format",
                        "expected an e-mail address",
                        body);
            case "uri" -> check("!value.isAbsolute()", "format", "expected a URI with a scheme", body);
            default -> {} // the Java type says it all
        }
    }

    private void array(final String method, final String java, final JsonNode schema, final StringBuilder body) {
        if (schema.has("minItems")) {
            final int minItems = schema.get("minItems").intValue();
            check("value.size() < " + minItems, "minItems", "expected a size of at least " + minItems, body);
        }
        if (schema.has("maxItems")) {
            final int maxItems = schema.get("maxItems").intValue();
            check("value.size() > " + maxItems, "maxItems", "expected a size of at most " + maxItems, body);
        }
        if (schema.path("uniqueItems").asBoolean(false)) {
            check("new HashSet<>(value).size() != value.size()", "uniqueItems", "expected no item twice", body);
        }
        body.append("""
                        for (int i = 0; i < value.size(); i++) {
                            %s_item(value.get(i), path + "/" + i, violations);
                        }
                """.formatted(method));
        method(
                method + "_item",
                java + "_Item",
                schema.get("items"),
                !schema.get("items").has("nullable"));
    }

    private void check(final String broken, final String rule, final String message, final StringBuilder body) {
        rules++;
        body.append("        if (").append(broken).append(") {\n");
        body.append(violation(rule, message)).append("        }\n");
    }

    private static String violation(final String rule, final String message) {
        return "            violations.add(new Violation(path, \"" + rule + "\", " + literal(message) + "));\n";
    }

    /** Adds a constant for a pattern and answers its name. A contract's last $ is the very end, Java's is not. */
    private String pattern(final String java, final String contractPattern) {
        final boolean anchored = contractPattern.endsWith("$") && !contractPattern.endsWith("\\$");
        final String pattern =
                anchored ? contractPattern.substring(0, contractPattern.length() - 1) + "\\z" : contractPattern;
        final String constant = java.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT) + "_PATTERN";
        patterns.append(
                "    private static final Pattern %s = Pattern.compile(%s);\n".formatted(constant, literal(pattern)));
        return constant;
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
        return IMPORTS.stream()
                .filter(name -> Pattern.compile("\\b" + name.replaceAll(".*\\.", "") + "\\b")
                        .matcher(body)
                        .find())
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
    }

    /** A Java string literal: JSON writes strings the same way. */
    private static String literal(final String text) {
        return MAPPER.writeValueAsString(text);
    }
}
