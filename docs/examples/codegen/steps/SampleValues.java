import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes up values for every field of the linked model, from the contracts alone, and writes {@code samples.json}: the
 * model, with a valid value for each field and with values that just meet or just break each of its constraints. All
 * are Java expressions. The examples of the contracts are used, and refused when they are wrong.
 */
public final class SampleValues {
    private static final BigDecimal TINY = new BigDecimal("0.000001");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** A value; {@code rule} is the keyword it breaks at {@code path}, or null when it is valid. */
    private record Sample(String what, String expression, String path, String rule) {}

    private final Map<String, JsonNode> types = new HashMap<>();
    private final TreeSet<String> problems = new TreeSet<>();
    private int count;
    private String place;

    public static void main(final String[] args) throws IOException {
        final JsonNode linked = MAPPER.readTree(Files.readString(Path.of(args[0])));
        final SampleValues maker = new SampleValues();
        linked.get("types").forEach(type -> maker.types.put(type.get("name").stringValue(), type));
        for (final JsonNode type : linked.get("types")) {
            if (type.get("kind").stringValue().equals("record")) {
                System.err.println("making up values for " + type.get("name").stringValue());
                maker.addTo((ObjectNode) type);
            }
        }
        if (!maker.problems.isEmpty()) {
            maker.problems.forEach(System.err::println);
            System.exit(1);
        }
        Files.writeString(
                Path.of(System.getenv("SIGNALBOX_OUT"), "samples.json"),
                MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(linked) + "\n");
        System.out.println(MAPPER.createObjectNode().put("values", maker.count));
    }

    private void addTo(final ObjectNode type) {
        type.put("broken", brokenField(type));
        for (final JsonNode field : type.get("fields")) {
            place = type.get("at").stringValue() + "/properties/"
                    + escaped(field.get("name").stringValue());
            refuseWrongExamples(field.get("schema"));
            refuseWrongExamples(field.get("schema").path("items"));
            ((ObjectNode) field).put("sample", fieldSample(field));
            final ArrayNode samples = ((ObjectNode) field).putArray("samples");
            for (final Sample sample : samples(field)) {
                count++;
                samples.addObject()
                        .put("what", sample.what())
                        .put("expression", sample.expression())
                        .put("path", "/" + escaped(field.get("name").stringValue()) + sample.path())
                        .put("rule", sample.rule());
            }
        }
    }

    private void refuseWrongExamples(final JsonNode schema) {
        final ArrayNode right = MAPPER.createArrayNode();
        for (final JsonNode example : schema.path("examples")) {
            final String broken = brokenBy(example, schema);
            if (broken == null) {
                right.add(example);
            } else {
                problems.add(
                        place + ": the example " + example + " does not meet " + broken + ". Correct one of the two.");
            }
        }
        if (schema.has("examples")) {
            ((ObjectNode) schema).set("examples", right);
        }
    }

    /** The keyword that the example does not meet, or null. */
    private static String brokenBy(final JsonNode example, final JsonNode schema) {
        final String kind = schema.get("kind").stringValue();
        if (isNumeric(kind) && example.isNumber() && (kind.equals("number") || example.canConvertToExactIntegral())) {
            return meets(schema, example.decimalValue()) ? null : "its bounds or multipleOf";
        }
        if (!kind.equals("string") || !example.isString()) {
            return kind.equals("boolean") && example.isBoolean() ? null : "type " + kind;
        }
        final String text = example.stringValue();
        final int length = text.codePointCount(0, text.length());
        if (length < schema.path("minLength").asInt(0)
                || length > schema.path("maxLength").asInt(length)) {
            return "minLength or maxLength";
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").stringValue())
                        .matcher(text)
                        .find()) {
            return "the pattern";
        }
        final String format = schema.path("format").asString("");
        return hasFormat(text, format) ? null : "format " + format;
    }

    private static boolean isNumeric(final String kind) {
        return kind.equals("integer") || kind.equals("number");
    }

    private static boolean hasFormat(final String text, final String format) {
        try {
            return switch (format) {
                case "date" -> LocalDate.parse(text) != null;
                case "date-time" -> OffsetDateTime.parse(text) != null;
                case "uuid" -> UUID.fromString(text).toString().equalsIgnoreCase(text);
                case "uri" -> URI.create(text).isAbsolute();
                case "email" -> text.matches("[^@\\s]+@[^@\\s]+");
                default -> true;
            };
        } catch (final DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String escaped(final String key) {
        return key.replace("~", "~0").replace("/", "~1");
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
        final boolean scalar = !List.of("record", "array")
                .contains(field.get("schema").get("kind").stringValue());
        return (scalar ? samples(field) : samples(field).subList(0, 1))
                .stream().filter(sample -> sample.rule() != null).findFirst().orElse(null);
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
                    final String path = "/" + escaped(field.get("name").stringValue());
                    samples.add(new Sample(
                            "a wrong " + type.get("name").stringValue(),
                            type.get("name").stringValue() + "Test.broken()",
                            path,
                            brokenSample(field).rule()));
                }
            }
            default -> {} // a boolean or an enum cannot be wrong
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
            final BigDecimal valid = middle(schema);
            number(schema, valid == null ? off : valid.add(off), "multipleOf", samples);
        }
    }

    private void number(final JsonNode schema, final BigDecimal value, final String rule, final List<Sample> samples) {
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
                || schema.has("maximum")
                        && value.compareTo(schema.get("maximum").decimalValue()) > 0
                || schema.has("exclusiveMinimum")
                        && value.compareTo(schema.get("exclusiveMinimum").decimalValue()) <= 0
                || schema.has("exclusiveMaximum")
                        && value.compareTo(schema.get("exclusiveMaximum").decimalValue()) >= 0
                || value.remainder(unit(schema)).signum() != 0);
    }

    /** A valid number, made up from the bounds; null when none is found. */
    private static BigDecimal middle(final JsonNode schema) {
        final BigDecimal unit = unit(schema);
        final List<BigDecimal> candidates = new ArrayList<>(List.of(BigDecimal.ZERO));
        for (final String rule : List.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")) {
            if (schema.has(rule)) {
                final RoundingMode inwards = rule.endsWith("inimum") ? RoundingMode.CEILING : RoundingMode.FLOOR;
                final BigDecimal near =
                        schema.get(rule).decimalValue().divide(unit, 0, inwards).multiply(unit);
                candidates.addAll(List.of(near, near.add(unit), near.subtract(unit)));
            }
        }
        return candidates.stream()
                .filter(value -> meets(schema, value))
                .findFirst()
                .orElse(null);
    }

    private void strings(final JsonNode schema, final List<Sample> samples) {
        final boolean free = !schema.has("pattern") && !schema.has("format");
        if (schema.path("minLength").asInt(0) > 0) {
            final int length = schema.get("minLength").intValue();
            samples.add(
                    new Sample((length - 1) + " characters", "\"x\".repeat(" + (length - 1) + ")", "", "minLength"));
            if (free) {
                samples.add(new Sample(length + " characters", "\"x\".repeat(" + length + ")", "", null));
            }
        }
        if (schema.has("maxLength")) {
            final int length = schema.get("maxLength").intValue();
            samples.add(
                    new Sample((length + 1) + " characters", "\"x\".repeat(" + (length + 1) + ")", "", "maxLength"));
            if (free) { // each of these characters takes two Java chars
                samples.add(
                        new Sample(length + " parcel signs", "\"\\uD83D\\uDCE6\".repeat(" + length + ")", "", null));
            }
        }
        if (schema.has("pattern")) {
            final String pattern = schema.get("pattern").stringValue();
            final boolean anchored = pattern.endsWith("$") && !pattern.endsWith("\\$");
            final String example = schema.get("examples").path(0).asString("");
            for (final String text : new TreeSet<>(List.of(
                    "",
                    "!",
                    example + "!",
                    "!" + example,
                    example + example,
                    example.toLowerCase(Locale.ROOT),
                    example.substring(Math.min(1, example.length())),
                    example + "\n"))) {
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
            default -> {} // the Java type says it all
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
        samples.add(new Sample(
                "an absent item", "Collections.singletonList(null)", "/0", items.has("nullable") ? null : "required"));
        for (final Sample sample : samplesOf(items)) {
            final int size =
                    sample.rule() == null ? Math.max(1, schema.path("minItems").asInt(0)) : 1;
            samples.add(new Sample(
                    "the item " + sample.what(),
                    list(schema, size, sample.expression()),
                    "/0" + sample.path(),
                    sample.rule()));
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
                    : list(
                            first,
                            IntStream.range(1, size)
                                    .mapToObj(i -> sample(schema.get("items"), 0))
                                    .toList());
        }
        final List<String> others = IntStream.range(0, size + 1)
                .mapToObj(i -> distinct(schema.get("items"), i))
                .filter(other -> other != null && !other.equals(first))
                .limit(Math.max(0, size - 1))
                .toList();
        return others.size() < size - 1 ? null : list(first, others);
    }

    private static String list(final String first, final List<String> others) {
        return others.isEmpty()
                ? "List.of(" + first + ")"
                : "Arrays.asList(" + first + ", " + String.join(", ", others) + ")";
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
            problems.add(place + ": no valid value could be made up. Give the contract \"examples\" there.");
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
                final JsonNode values =
                        types.get(schema.get("type").stringValue()).get("values");
                yield index < values.size()
                        ? schema.get("type").stringValue() + "."
                                + values.get(index).get("java").stringValue()
                        : null;
            }
            case "boolean" -> index == 0 ? "Boolean.TRUE" : index == 1 ? "Boolean.FALSE" : null;
            case "array" ->
                schema.path("maxItems").asInt(1) == 0
                        ? "List.of()"
                        : list(schema, Math.max(1, schema.path("minItems").asInt(0)), sample(schema.get("items"), 0));
            case "integer", "number" -> {
                final BigDecimal first = middle(schema);
                final BigDecimal value =
                        first == null ? null : first.add(unit(schema).multiply(BigDecimal.valueOf(index)));
                yield value == null || !meets(schema, value) ? null : expression(schema, value.toPlainString());
            }
            default ->
                switch (schema.path("format").asString("")) {
                    case "date" ->
                        expression(
                                schema, LocalDate.of(2026, 1, 1).plusDays(index).toString());
                    case "date-time" ->
                        expression(schema, LocalDate.of(2026, 1, 1).plusDays(index) + "T12:00:00Z");
                    case "uuid" -> expression(schema, "00000000-0000-4000-8000-%012d".formatted(index));
                    case "uri" -> expression(schema, "https://example.org/" + index);
                    case "email" ->
                        schema.path("maxLength").asInt(50) < 30
                                        || schema.path("minLength").asInt(0) > 10
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
        return literal(padded.substring(
                0, Math.min(padded.length(), schema.path("maxLength").asInt(padded.length()))));
    }

    private static String expression(final JsonNode schema, final String value) {
        return switch (schema.get("kind").stringValue()) {
            case "integer" -> new BigDecimal(value).longValueExact() + "L";
            case "number" -> "new BigDecimal(\"" + value + "\")";
            case "boolean" -> "Boolean.valueOf(" + value + ")";
            default ->
                switch (schema.path("format").asString("")) {
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
}
