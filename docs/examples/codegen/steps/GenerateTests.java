import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Generates the tests of the records and validators from the values made up for them; what the validators' generator
 * does is not asked. The generated {@code ContractTests} needs no test framework; it prints its verdict as JSON.
 */
public final class GenerateTests {
    private static final List<String> IMPORTS = List.of(
            "java.math.BigDecimal",
            "java.net.URI",
            "java.time.LocalDate",
            "java.time.OffsetDateTime",
            "java.util.Arrays",
            "java.util.Collections",
            "java.util.List",
            "java.util.UUID");
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private int tests;

    public static void main(final String[] args) throws IOException {
        final JsonNode linked = MAPPER.readTree(Files.readString(Path.of(args[0])));
        final String javaPackage = linked.get("package").stringValue();
        final Path folder = Path.of(System.getenv("SIGNALBOX_OUT"), "tests", javaPackage.replace('.', '/'));
        Files.createDirectories(folder);
        final GenerateTests generator = new GenerateTests();
        final StringBuilder calls = new StringBuilder();
        for (final JsonNode type : linked.get("types")) {
            final String name = type.get("name").stringValue();
            System.err.println("writing " + name + "Test");
            final boolean isRecord = type.get("kind").stringValue().equals("record");
            final String body = isRecord ? generator.recordTest(name, type) : generator.enumTest(name, type);
            write(folder, javaPackage, name + "Test", body);
            calls.append("        ").append(name).append("Test.run(checks);\n");
        }
        write(folder, javaPackage, "ContractTests", RUNNER.formatted(calls));
        final String checks = Files.readString(Path.of("templates/Checks.java.txt"));
        Files.writeString(folder.resolve("Checks.java"), checks.replace("${package}", javaPackage));
        System.out.println(MAPPER.createObjectNode()
                .put("classes", linked.get("types").size())
                .put("tests", generator.tests));
    }

    private static void write(final Path folder, final String javaPackage, final String name, final String body)
            throws IOException {
        final String imports = IMPORTS.stream()
                .filter(type -> Pattern.compile("\\b" + type.replaceAll(".*\\.", "") + "\\b")
                        .matcher(body)
                        .find())
                .map(type -> "import " + type + ";\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve(name + ".java"), "package " + javaPackage + ";\n\n" + imports + "\n" + body);
    }

    private String recordTest(final String name, final JsonNode type) {
        final List<JsonNode> fields = type.get("fields").valueStream().toList();
        final StringBuilder calls = new StringBuilder();
        final StringBuilder methods = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            final String java = fields.get(i).get("java").stringValue();
            final String method = "test" + java.substring(0, 1).toUpperCase(Locale.ROOT) + java.substring(1);
            calls.append("        ").append(method).append("(checks, sample());\n");
            methods.append("\n    private static void %s(final Checks checks, final %s s) {\n".formatted(method, name));
            for (final JsonNode sample : fields.get(i).get("samples")) {
                final String document =
                        with(name, fields, i, sample.get("expression").stringValue());
                statement(name, fields.get(i).get("name").stringValue(), sample, document, methods);
            }
            if (fields.get(i).get("schema").has("items") && !fields.get(i).has("recursive")) {
                tests++;
                methods.append("        checks.isCopied(%s, s.%s(), list -> %s.%s());\n"
                        .formatted(
                                literal(name + "." + java + "() is an unchangeable copy"),
                                java,
                                with(name, fields, i, "list"),
                                java));
            }
            methods.append("    }\n");
        }
        final String minimal = fields.stream()
                .map(field -> field.get("required").booleanValue()
                        ? field.get("sample").stringValue()
                        : "null")
                .collect(Collectors.joining(", "));
        final String full = fields.stream()
                .map(field -> field.get("sample").stringValue())
                .collect(Collectors.joining(",\n                "));
        final int broken = type.get("broken").intValue();
        final String brokenMethod =
                broken < 0 ? "" : """

                    /** A document that breaks its contract in one place. */
                    static %1$s broken() {
                        final %1$s s = sample();
                        return %2$s;
                    }
                """.formatted(name, with(name, fields, broken, brokenExpression(fields.get(broken))));
        tests += 2;
        return """
                final class %1$sTest {
                    private %1$sTest() {}

                    /** A valid document in which as much as possible is present. */
                    static %1$s sample() {
                        return new %1$s(
                                %2$s);
                    }
                %3$s
                    static void run(final Checks checks) {
                        checks.valid("%1$s with every field", () -> %1$sValidator.validate(sample()));
                        checks.valid("%1$s with the required fields", () -> %1$sValidator.validate(new %1$s(%4$s)));
                %5$s    }
                %6$s}
                """.formatted(name, full, brokenMethod, minimal, calls, methods);
    }

    private void statement(
            final String name,
            final String field,
            final JsonNode sample,
            final String document,
            final StringBuilder out) {
        final String what = sample.get("what").stringValue();
        final String validation = "() -> " + name + "Validator.validate(" + document + ")";
        final String rule = sample.get("rule").asString("");
        tests++;
        if (rule.isEmpty()) {
            out.append("""
                            checks.valid(
                                    %s,
                                    %s);
                    """.formatted(literal(name + "/" + field + " accepts " + what), validation));
        } else {
            out.append("""
                            checks.broken(
                                    %s,
                                    %s, "%s",
                                    %s);
                    """.formatted(
                            literal(name + "/" + field + " refuses " + what + " by " + rule),
                            literal(sample.get("path").stringValue()),
                            rule,
                            validation));
        }
    }

    /** The sample {@code s} of a record with one component replaced. */
    private static String with(final String name, final List<JsonNode> fields, final int i, final String expression) {
        return IntStream.range(0, fields.size())
                .mapToObj(at ->
                        at == i ? expression : "s." + fields.get(at).get("java").stringValue() + "()")
                .collect(Collectors.joining(", ", "new " + name + "(", ")"));
    }

    private static String brokenExpression(final JsonNode field) {
        for (final JsonNode sample : field.get("samples")) {
            if (!sample.get("rule").isNull()) {
                return sample.get("expression").stringValue();
            }
        }
        throw new IllegalStateException("nothing breaks " + field);
    }

    private static String literal(final String text) {
        return MAPPER.writeValueAsString(text);
    }

    private String enumTest(final String name, final JsonNode type) {
        final StringBuilder calls = new StringBuilder();
        for (final JsonNode value : type.get("values")) {
            tests++;
            calls.append("        checks.that(%s, () -> %s.fromJson(%s).json().equals(%s));\n"
                    .formatted(
                            literal(name + " knows " + value.get("json").stringValue()),
                            name,
                            value.get("json"),
                            value.get("json")));
        }
        tests += 2;
        return """
                final class %1$sTest {
                    private %1$sTest() {}

                    static void run(final Checks checks) {
                %2$s        checks.that("%1$s has %3$d values", () -> %1$s.values().length == %3$d);
                        checks.refuses("%1$s refuses an unknown value", () -> %1$s.fromJson("no such value"));
                    }
                }
                """.formatted(name, calls, type.get("values").size());
    }

    private static final String RUNNER = """
            /** Runs every generated test and prints one line of JSON. It ends with 0 even when tests fail. */
            public final class ContractTests {
                private ContractTests() {}

                public static void main(final String[] args) {
                    final Checks checks = new Checks();
            %s        System.out.println(checks.verdict());
                }
            }
            """;
}
