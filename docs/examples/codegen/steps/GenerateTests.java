import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Generates the tests of the records and validators, from the contracts alone: what the validators' generator does is
 * not asked. Each constraint gets a document that just breaks it and, where one can be made up, one that just meets it.
 * The generated program {@code ContractTests} needs no test framework; it prints its verdict as JSON.
 */
public final class GenerateTests {
    private static final BigDecimal TINY = new BigDecimal("0.000001");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** A value as a Java expression; {@code rule} is the keyword it breaks at {@code path}, or null when it is valid. */
    private record Sample(String what, String expression, String path, String rule) {}

    private final Map<String, JsonNode> types = new HashMap<>();
    private final TreeSet<String> problems = new TreeSet<>();
    private int tests;

    public static void main(final String[] args) throws IOException {
        final JsonNode linked = MAPPER.readTree(Files.readString(Path.of(args[0])));
        final String javaPackage = linked.get("package").stringValue();
        final Path folder = Path.of(System.getenv("SIGNALBOX_OUT"), "sources", javaPackage.replace('.', '/'));
        Files.createDirectories(folder);
        final GenerateTests generator = new GenerateTests();
        linked.get("types").forEach(type -> generator.types.put(type.get("name").stringValue(), type));
        final StringBuilder calls = new StringBuilder();
        for (final JsonNode type : linked.get("types")) {
            final String name = type.get("name").stringValue();
            System.err.println("writing " + name + "Test");
            final boolean isRecord = type.get("kind").stringValue().equals("record");
            final String body = isRecord ? generator.recordTest(name, type) : generator.enumTest(name, type);
            write(folder, javaPackage, name + "Test", body);
            calls.append("        ").append(name).append("Test.run(checks);\n");
        }
        if (!generator.problems.isEmpty()) {
            generator.problems.forEach(System.err::println);
            System.exit(1);
        }
        write(folder, javaPackage, "ContractTests", RUNNER.formatted(calls));
        write(folder, javaPackage, "Checks", CHECKS);
        System.out.println(
                MAPPER.createObjectNode().put("classes", linked.get("types").size()).put("tests", generator.tests));
    }

    private static void write(final Path folder, final String javaPackage, final String name, final String body)
            throws IOException {
        final String imports = Map.of("Arrays", "java.util", "ArrayList", "java.util", "BigDecimal", "java.math",
                        "Collections", "java.util", "List", "java.util", "LocalDate", "java.time", "OffsetDateTime",
                        "java.time", "URI", "java.net", "UUID", "java.util", "Supplier", "java.util.function")
                .entrySet().stream()
                .filter(entry -> Pattern.compile("\\b" + entry.getKey() + "\\b").matcher(body).find())
                .map(entry -> "import " + entry.getValue() + "." + entry.getKey() + ";\n")
                .sorted()
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
            for (final Sample sample : samples(fields.get(i))) {
                statement(name, fields, i, sample, methods);
            }
            if (fields.get(i).get("schema").has("items") && !fields.get(i).has("recursive")) {
                tests++;
                methods.append("        checks.isCopied(%s, s.%s(), list -> %s.%s());\n"
                        .formatted(literal(name + "." + java + "() is an unchangeable copy"), java,
                                with(name, fields, i, "list"), java));
            }
            methods.append("    }\n");
        }
        final String minimal = fields.stream()
                .map(field -> field.get("required").booleanValue() ? fieldSample(field) : "null")
                .collect(Collectors.joining(", "));
        final String full = fields.stream().map(this::fieldSample).collect(Collectors.joining(",\n                "));
        final int broken = brokenField(type);
        final String brokenMethod = broken < 0 ? "" : """

                    /** A document that breaks its contract in one place. */
                    static %1$s broken() {
                        final %1$s s = sample();
                        return %2$s;
                    }
                """.formatted(name, with(name, fields, broken, brokenSample(fields.get(broken)).expression()));
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
            final String name, final List<JsonNode> fields, final int i, final Sample sample, final StringBuilder out) {
        final String field = fields.get(i).get("name").stringValue();
        final String path = "/" + field.replace("~", "~0").replace("/", "~1") + sample.path();
        final String validation = "() -> " + name + "Validator.validate(" + with(name, fields, i, sample.expression()) + ")";
        tests++;
        if (sample.rule() == null) {
            out.append("        checks.valid(%s, %s);\n"
                    .formatted(literal(name + "/" + field + " accepts " + sample.what()), validation));
        } else {
            final String test = name + "/" + field + " refuses " + sample.what() + " by " + sample.rule();
            out.append("        checks.broken(%s, %s, \"%s\", %s);\n"
                    .formatted(literal(test), literal(path), sample.rule(), validation));
        }
    }

    /** The sample {@code s} of a record with one component replaced. */
    private static String with(final String name, final List<JsonNode> fields, final int i, final String expression) {
        return IntStream.range(0, fields.size())
                .mapToObj(at -> at == i ? expression : "s." + fields.get(at).get("java").stringValue() + "()")
                .collect(Collectors.joining(", ", "new " + name + "(", ")"));
    }

    private List<Sample> samples(final JsonNode field) {
        final boolean required = field.get("required").booleanValue();
        final List<Sample> samples = new ArrayList<>();
        samples.add(new Sample("no value", "null", "", required ? "required" : null));
        samples.addAll(samplesOf(field.get("schema")));
        return samples;
    }

    /** Which field {@code broken()} breaks: one that needs no other record for it; -1 when there is none. */
    private int brokenField(final JsonNode type) {
        final JsonNode fields = type.get("fields");
        return IntStream.range(0, fields.size())
                .filter(i -> brokenSample(fields.get(i)) != null)
                .findFirst()
                .orElse(-1);
    }

    private Sample brokenSample(final JsonNode field) {
        final boolean scalar = !List.of("record", "array").contains(field.get("schema").get("kind").stringValue());
        return (scalar ? samples(field) : samples(field).subList(0, 1)).stream()
                .filter(sample -> sample.rule() != null)
                .findFirst()
                .orElse(null);
    }

    private List<Sample> samplesOf(final JsonNode schema) {
        final List<Sample> samples = new ArrayList<>();
        for (final JsonNode example : schema.path("examples")) {
            samples.add(new Sample("the example " + example, expression(schema, example.asString("")), "", null));
        }
        switch (schema.get("kind").stringValue()) {
            case "integer", "number" -> numbers(schema, samples);
            case "string" -> strings(schema, samples);
            case "array" -> arrays(schema, samples);
            case "record" -> {
                final JsonNode type = types.get(schema.get("type").stringValue());
                final int i = brokenField(type);
                if (i >= 0) {
                    final JsonNode field = type.get("fields").get(i);
                    final String path = "/" + field.get("name").stringValue().replace("~", "~0").replace("/", "~1");
                    samples.add(new Sample("a wrong " + type.get("name").stringValue(),
                            type.get("name").stringValue() + "Test.broken()", path, brokenSample(field).rule()));
                }
            }
            default -> { } // a boolean or an enum cannot be wrong
        }
        return samples;
    }

    private void numbers(final JsonNode schema, final List<Sample> samples) {
        final BigDecimal unit = unit(schema);
        for (final String rule : List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")) {
            if (schema.has(rule)) {
                final BigDecimal bound = schema.get(rule).decimalValue();
                final BigDecimal inwards = rule.endsWith("inimum") ? unit : unit.negate();
                final boolean exclusive = rule.startsWith("exclusive");
                number(schema, exclusive ? bound.add(inwards) : bound, null, samples);
                number(schema, exclusive ? bound : bound.subtract(inwards), rule, samples);
            }
        }
        if (schema.has("multipleOf") && !(isInteger(schema) && unit.compareTo(BigDecimal.ONE) == 0)) {
            final BigDecimal off = isInteger(schema) ? BigDecimal.ONE : unit.divide(BigDecimal.valueOf(2));
            number(schema, middle(schema).add(off), "multipleOf", samples);
        }
    }

    private void number(
            final JsonNode schema, final BigDecimal value, final String rule, final List<Sample> samples) {
        final boolean fits = !isInteger(schema) || value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        if (fits && (rule != null || meets(schema, value))) {
            samples.add(new Sample(value.toPlainString(), expression(schema, value.toPlainString()), "", rule));
        }
    }

    private static boolean isInteger(final JsonNode schema) {
        return schema.get("kind").stringValue().equals("integer");
    }

    private static BigDecimal unit(final JsonNode schema) {
        return schema.has("multipleOf")
                ? schema.get("multipleOf").decimalValue()
                : isInteger(schema) ? BigDecimal.ONE : TINY;
    }

    private static boolean meets(final JsonNode schema, final BigDecimal value) {
        return !(schema.has("minimum") && value.compareTo(schema.get("minimum").decimalValue()) < 0
                || schema.has("maximum") && value.compareTo(schema.get("maximum").decimalValue()) > 0
                || schema.has("exclusiveMinimum") && value.compareTo(schema.get("exclusiveMinimum").decimalValue()) <= 0
                || schema.has("exclusiveMaximum") && value.compareTo(schema.get("exclusiveMaximum").decimalValue()) >= 0
                || value.remainder(unit(schema)).signum() != 0);
    }

    /** A valid number, made up from the bounds; null when none is found. */
    private static BigDecimal middle(final JsonNode schema) {
        final BigDecimal unit = unit(schema);
        final List<BigDecimal> candidates = new ArrayList<>(List.of(BigDecimal.ZERO));
        for (final String rule : List.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")) {
            if (schema.has(rule)) {
                final RoundingMode inwards = rule.endsWith("inimum") ? RoundingMode.CEILING : RoundingMode.FLOOR;
                final BigDecimal near = schema.get(rule).decimalValue().divide(unit, 0, inwards).multiply(unit);
                candidates.addAll(List.of(near, near.add(unit), near.subtract(unit)));
            }
        }
        return candidates.stream().filter(value -> meets(schema, value)).findFirst().orElse(null);
    }

    private void strings(final JsonNode schema, final List<Sample> samples) {
        final boolean free = !schema.has("pattern") && !schema.has("format");
        if (schema.path("minLength").asInt(0) > 0) {
            final int length = schema.get("minLength").intValue();
            samples.add(new Sample((length - 1) + " characters", "\"x\".repeat(" + (length - 1) + ")", "", "minLength"));
            if (free) {
                samples.add(new Sample(length + " characters", "\"x\".repeat(" + length + ")", "", null));
            }
        }
        if (schema.has("maxLength")) {
            final int length = schema.get("maxLength").intValue();
            samples.add(new Sample((length + 1) + " characters", "\"x\".repeat(" + (length + 1) + ")", "", "maxLength"));
            if (free) { // each of these characters takes two Java chars
                samples.add(new Sample(
                        length + " parcel signs", "\"\\uD83D\\uDCE6\".repeat(" + length + ")", "", null));
            }
        }
        if (schema.has("pattern")) {
            final String pattern = schema.get("pattern").stringValue();
            final boolean anchored = pattern.endsWith("$") && !pattern.endsWith("\\$");
            final String example = schema.get("examples").get(0).stringValue();
            for (final String text : new TreeSet<>(List.of("", "!", example + "!", "!" + example, example + example,
                    example.toLowerCase(Locale.ROOT), example.substring(Math.min(1, example.length())), example + "\n"))) {
                final boolean endsLine = anchored && text.endsWith("\n");
                if (endsLine || !Pattern.compile(pattern).matcher(text).find()) {
                    samples.add(new Sample(literal(text), literal(text), "", "pattern"));
                }
            }
        }
        switch (schema.path("format").asString("")) {
            case "email" -> {
                samples.add(new Sample("an address without @", "\"nobody\"", "", "format"));
                samples.add(new Sample("an address with a space", "\"no body@example.org\"", "", "format"));
            }
            case "uri" -> samples.add(new Sample("a relative URI", "URI.create(\"no/scheme\")", "", "format"));
            default -> { } // the Java type says it all
        }
    }

    private void arrays(final JsonNode schema, final List<Sample> samples) {
        final JsonNode items = schema.get("items");
        final String item = sample(items, 0);
        if (item == null) {
            return; // noted by sample()
        }
        if (schema.path("minItems").asInt(0) > 0) {
            final int size = schema.get("minItems").intValue();
            samples.add(new Sample((size - 1) + " items", nCopies(size - 1, item), "", "minItems"));
            samples.add(new Sample(size + " items", list(schema, size, item), "", null));
        }
        if (schema.has("maxItems")) {
            final int size = schema.get("maxItems").intValue();
            samples.add(new Sample((size + 1) + " items", nCopies(size + 1, item), "", "maxItems"));
            samples.add(new Sample(size + " items", list(schema, size, item), "", null));
        }
        if (schema.get("uniqueItems").booleanValue()) {
            samples.add(new Sample("an item twice", nCopies(2, item), "", "uniqueItems"));
        }
        samples.add(new Sample("an absent item", "Collections.singletonList(null)", "/0",
                items.has("nullable") ? null : "required"));
        for (final Sample sample : samplesOf(items)) {
            final int size = sample.rule() == null ? Math.max(1, schema.path("minItems").asInt(0)) : 1;
            samples.add(new Sample("the item " + sample.what(), list(schema, size, sample.expression()),
                    "/0" + sample.path(), sample.rule()));
        }
        samples.removeIf(sample -> sample.expression() == null);
    }

    private static String nCopies(final int size, final String item) {
        return size == 0 ? "List.of()" : "Collections.nCopies(" + size + ", " + item + ")";
    }

    /** A list that starts with the item and goes on with valid ones; null when there are not enough different ones. */
    private String list(final JsonNode schema, final int size, final String first) {
        if (!schema.get("uniqueItems").booleanValue()) {
            return size > 1 && first.equals(sample(schema.get("items"), 0))
                    ? nCopies(size, first)
                    : list(first, IntStream.range(1, size).mapToObj(i -> sample(schema.get("items"), 0)).toList());
        }
        final List<String> others = IntStream.range(0, size + 1)
                .mapToObj(i -> distinct(schema.get("items"), i))
                .filter(other -> other != null && !other.equals(first))
                .limit(Math.max(0, size - 1))
                .toList();
        return others.size() < size - 1 ? null : list(first, others);
    }

    private static String list(final String first, final List<String> others) {
        return others.isEmpty() ? "List.of(" + first + ")" : "Arrays.asList(" + first + ", " + String.join(", ", others) + ")";
    }

    private String fieldSample(final JsonNode field) {
        final JsonNode schema = field.get("schema");
        if (!field.has("recursive")) {
            return sample(schema, 0);
        }
        if (!field.get("required").booleanValue()) {
            return "null";
        }
        return schema.has("items") && schema.path("minItems").asInt(0) == 0 ? "List.of()" : sample(schema, 0);
    }

    /** A valid value as a Java expression; a problem is noted when none can be made up. */
    private String sample(final JsonNode schema, final int index) {
        final String sample = distinct(schema, index);
        if (sample == null) {
            problems.add("no valid value could be made up for " + schema + ". Give the contract \"examples\" there.");
        }
        return sample;
    }

    /** The index-th valid value, different from the others; null when it cannot be made up. */
    private String distinct(final JsonNode schema, final int index) {
        final JsonNode examples = schema.path("examples");
        if (index < examples.size()) {
            return expression(schema, examples.get(index).asString(""));
        }
        return switch (schema.get("kind").stringValue()) {
            case "record" -> index == 0 ? schema.get("type").stringValue() + "Test.sample()" : null;
            case "enum" -> {
                final JsonNode values = types.get(schema.get("type").stringValue()).get("values");
                yield index < values.size()
                        ? schema.get("type").stringValue() + "." + values.get(index).get("java").stringValue()
                        : null;
            }
            case "boolean" -> index == 0 ? "Boolean.TRUE" : index == 1 ? "Boolean.FALSE" : null;
            case "array" -> schema.path("maxItems").asInt(1) == 0
                    ? "List.of()"
                    : list(schema, Math.max(1, schema.path("minItems").asInt(0)), sample(schema.get("items"), 0));
            case "integer", "number" -> {
                final BigDecimal first = middle(schema);
                final BigDecimal value = first == null ? null : first.add(unit(schema).multiply(BigDecimal.valueOf(index)));
                yield value == null || !meets(schema, value) ? null : expression(schema, value.toPlainString());
            }
            default -> switch (schema.path("format").asString("")) {
                case "date" -> expression(schema, LocalDate.of(2026, 1, 1).plusDays(index).toString());
                case "date-time" -> expression(schema, LocalDate.of(2026, 1, 1).plusDays(index) + "T12:00:00Z");
                case "uuid" -> expression(schema, "00000000-0000-4000-8000-%012d".formatted(index));
                case "uri" -> expression(schema, "https://example.org/" + index);
                case "email" -> schema.path("maxLength").asInt(50) < 30 || schema.path("minLength").asInt(0) > 10
                                || schema.has("pattern")
                        ? null
                        : expression(schema, "user" + index + "@example.org");
                default -> schema.has("pattern") ? null : text(schema, index);
            };
        };
    }

    private static String text(final JsonNode schema, final int index) {
        final String text = (index == 0 ? "" : index) + "sample";
        final int minLength = schema.path("minLength").asInt(0);
        final String padded = text + "x".repeat(Math.max(0, minLength - text.length()));
        return literal(padded.substring(0, Math.min(padded.length(), schema.path("maxLength").asInt(padded.length()))));
    }

    private static String expression(final JsonNode schema, final String value) {
        return switch (schema.get("kind").stringValue()) {
            case "integer" -> new BigDecimal(value).longValueExact() + "L";
            case "number" -> "new BigDecimal(\"" + value + "\")";
            case "boolean" -> "Boolean.valueOf(" + value + ")";
            default -> switch (schema.path("format").asString("")) {
                case "date" -> "LocalDate.parse(" + literal(value) + ")";
                case "date-time" -> "OffsetDateTime.parse(" + literal(value) + ")";
                case "uri" -> "URI.create(" + literal(value) + ")";
                case "uuid" -> "UUID.fromString(" + literal(value) + ")";
                default -> literal(value);
            };
        };
    }

    private static String literal(final String text) {
        return MAPPER.writeValueAsString(text);
    }

    private String enumTest(final String name, final JsonNode type) {
        final StringBuilder calls = new StringBuilder();
        for (final JsonNode value : type.get("values")) {
            tests++;
            calls.append("        checks.that(%s, () -> %s.fromJson(%s).json().equals(%s));\n".formatted(
                    literal(name + " knows " + value.get("json").stringValue()), name, value.get("json"), value.get("json")));
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
            /** Runs every generated test and prints one line of JSON. It ends with 0 also when tests fail: the gate judges. */
            public final class ContractTests {
                private ContractTests() {}

                public static void main(final String[] args) {
                    final Checks checks = new Checks();
            %s        System.out.println(checks.verdict());
                }
            }
            """;

    private static final String CHECKS = """
            import java.math.RoundingMode;
            import java.util.function.BooleanSupplier;
            import java.util.function.Function;
            import tools.jackson.databind.json.JsonMapper;
            import tools.jackson.databind.node.ArrayNode;
            import tools.jackson.databind.node.ObjectNode;

            /** Counts what passes and keeps what fails. */
            final class Checks {
                private static final int FAILURES_SHOWN_MAX = 50;
                private final JsonMapper mapper = new JsonMapper();
                private final ArrayNode failures = mapper.createArrayNode();
                private int passed;
                private int failed;

                void valid(final String test, final Supplier<List<Violation>> validation) {
                    check(test, () -> validation.get().isEmpty() ? null : "unexpected " + validation.get());
                }

                void broken(
                        final String test, final String path, final String rule, final Supplier<List<Violation>> validation) {
                    check(test, () -> {
                        final List<Violation> found = validation.get();
                        return found.stream().anyMatch(one -> one.path().equals(path) && one.rule().equals(rule))
                                ? null
                                : "expected " + rule + " at " + path + ", found " + found;
                    });
                }

                void that(final String test, final BooleanSupplier condition) {
                    check(test, () -> condition.getAsBoolean() ? null : "is not so");
                }

                void refuses(final String test, final Runnable call) {
                    check(test, () -> {
                        try {
                            call.run();
                            return "was accepted";
                        } catch (final IllegalArgumentException e) {
                            return null;
                        }
                    });
                }

                <T> void isCopied(final String test, final List<T> items, final Function<List<T>, List<T>> copy) {
                    check(test, () -> {
                        final List<T> source = new ArrayList<>(items);
                        final List<T> held = copy.apply(source);
                        source.clear();
                        if (!held.equals(items)) {
                            return "changes with the list that it was made of";
                        }
                        try {
                            held.clear();
                            return held.equals(items) ? null : "can be changed";
                        } catch (final UnsupportedOperationException e) {
                            return null;
                        }
                    });
                }

                /** Runs one test; its answer is what is wrong, or null. */
                private void check(final String test, final Supplier<String> wrong) {
                    String why;
                    try {
                        why = wrong.get();
                    } catch (final RuntimeException | StackOverflowError e) {
                        why = "threw " + e;
                    }
                    if (why == null) {
                        passed++;
                        return;
                    }
                    failed++;
                    if (failed <= FAILURES_SHOWN_MAX) {
                        failures.addObject().put("test", shortened(test)).put("why", shortened(why));
                    }
                }

                private static String shortened(final String text) {
                    return text.length() <= 200 ? text : text.substring(0, 197) + "...";
                }

                ObjectNode verdict() {
                    final BigDecimal all = BigDecimal.valueOf(Math.max(1, passed + failed));
                    return mapper.createObjectNode()
                            .put("passed", passed)
                            .put("failed", failed)
                            .put("pass_rate", BigDecimal.valueOf(passed).divide(all, 4, RoundingMode.DOWN))
                            .set("failures", failures);
                }
            }
            """;
}
