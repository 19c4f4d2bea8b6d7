import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.lang.model.SourceVersion;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one contract (JSON Schema draft 2020-12, in JSON or YAML), checks it and writes its normalised model,
 * {@code model.json}: every schema becomes a node with a {@code kind}, every object and every enumeration a named type.
 * References are noted, not followed: that is the linker's work. Every problem found is reported, not only the first.
 */
public final class ParseContract {
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final Set<String> EVERYWHERE = Set.of(
            "title", "description", "examples", "default", "deprecated", "readOnly", "writeOnly", "$comment", "type");
    private static final List<String> NUMERIC =
            List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final Map<String, Set<String>> KEYWORDS = Map.of(
            "string", Set.of("minLength", "maxLength", "pattern", "format"),
            "enum", Set.of("enum"),
            "integer", Set.copyOf(NUMERIC),
            "number", Set.copyOf(NUMERIC),
            "boolean", Set.of(),
            "array", Set.of("items", "minItems", "maxItems", "uniqueItems"),
            "object", Set.of("properties", "required", "additionalProperties"),
            "ref", Set.of("$ref"));
    private static final Map<String, JsonNodeType> SHAPES = Map.of(
            "$defs", JsonNodeType.OBJECT,
            "$id", JsonNodeType.STRING,
            "additionalProperties", JsonNodeType.BOOLEAN,
            "enum", JsonNodeType.ARRAY,
            "examples", JsonNodeType.ARRAY,
            "properties", JsonNodeType.OBJECT,
            "required", JsonNodeType.ARRAY,
            "title", JsonNodeType.STRING,
            "uniqueItems", JsonNodeType.BOOLEAN);
    private static final List<String> FORMATS = List.of("date", "date-time", "email", "uri", "uuid");
    private static final Set<String> TAKEN_BY_OBJECT =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();
    private final List<String> problems = new ArrayList<>();
    private final ArrayNode types = mapper.createArrayNode();
    private final String contract;
    private int references;

    private ParseContract(final String contract) {
        this.contract = contract;
    }

    public static void main(final String[] args) throws IOException {
        final Path file = Path.of(args[0]).normalize();
        final ParseContract parser = new ParseContract(file.toString());
        System.err.println("reading " + file);
        final ObjectNode model = parser.model(parser.read(file));
        if (!parser.problems.isEmpty()) {
            parser.problems.forEach(System.err::println);
            System.exit(1);
        }
        final Path out = Path.of(System.getenv("SIGNALBOX_OUT"), "model.json");
        Files.writeString(
                out, parser.mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(model) + "\n");
        final ObjectNode result = parser.mapper.createObjectNode().put("contract", parser.contract);
        parser.types.forEach(type -> result.withArray("types").add(type.get("name")));
        System.out.println(result.put("references", parser.references));
    }

    private JsonNode read(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return refuse("no such file. Expected a contract; check the input 'contracts'.");
        }
        final String text = Files.readString(file);
        try {
            if (contract.endsWith(".json")) {
                return mapper.readTree(text);
            }
            final LoadSettings settings = LoadSettings.builder()
                    .setSchema(new CoreSchema())
                    .setLabel(contract)
                    .setAllowDuplicateKeys(false)
                    .build();
            return mapper.valueToTree(new Load(settings).loadFromString(text));
        } catch (final JacksonException e) {
            final int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            return refuse("line " + line + ": not well-formed JSON: " + e.getOriginalMessage());
        } catch (final YamlEngineException e) {
            return refuse("not well-formed YAML: " + e.getMessage());
        }
    }

    private JsonNode refuse(final String why) {
        problems.add(contract + ": " + why);
        return mapper.createObjectNode();
    }

    private ObjectNode model(final JsonNode root) {
        final ObjectNode model = mapper.createObjectNode().put("contract", contract);
        if (!problems.isEmpty()) {
            return model;
        }
        if (!root.isObject()) {
            problem("", "expected a contract (an object), found " + shown(root) + ".");
            return model;
        }
        if (!DRAFT.equals(root.path("$schema").asString(""))) {
            problem("/$schema", "expected \"" + DRAFT + "\", found " + shown(root.path("$schema")) + ".");
        }
        if (!root.path("type").asString("").equals("object")) {
            problem("/type", "expected \"object\" for the contract itself, found " + shown(root.path("type")) + ".");
        }
        model.put("id", root.path("$id").asString(""));
        final String fileName = Path.of(contract).getFileName().toString();
        final ObjectNode roots = model.putObject("roots");
        roots.set("", convert(root, "", fileName.substring(0, Math.max(0, fileName.lastIndexOf('.')))));
        for (final Map.Entry<String, JsonNode> def : root.path("$defs").properties()) {
            final String at = "/$defs/" + escaped(def.getKey());
            roots.set(at, convert(def.getValue(), at, def.getKey()));
        }
        model.set("types", types);
        return model;
    }

    /** The normalised node of a schema; {@code name} is what its type is called when it has no title. */
    private ObjectNode convert(final JsonNode schema, final String at, final String name) {
        final ObjectNode node = mapper.createObjectNode();
        if (!schema.isObject()) {
            problem(at, "expected a schema (an object), found " + shown(schema) + ".");
            return node;
        }
        final String kind = kindOf(schema, at, node);
        node.put("kind", kind);
        if (!KEYWORDS.containsKey(kind)) {
            problem(
                    at + "/type",
                    "expected one of array, boolean, integer, number, object, string; found "
                            + shown(schema.path("type")) + ".");
            return node;
        }
        checkKeywords(schema, at, kind);
        copyText(schema, "description", at, node);
        switch (kind) {
            case "ref" -> {
                references++;
                node.put("ref", text(schema, "$ref", at)).put("at", contract + "#" + at + "/$ref");
            }
            case "object" ->
                record(schema, at, node, pascal(schema.path("title").asString(name), at));
            case "enum" ->
                enumeration(schema, at, node, pascal(schema.path("title").asString(name), at));
            case "array" -> {
                copyCounts(schema, at, node, "minItems", "maxItems");
                node.put("uniqueItems", schema.path("uniqueItems").asBoolean(false));
                node.set("items", convert(schema.path("items"), at + "/items", name + " item"));
            }
            default -> scalar(schema, at, node, kind);
        }
        return node;
    }

    private static String kindOf(final JsonNode schema, final String at, final ObjectNode node) {
        if (schema.has("$ref")) {
            return "ref";
        }
        JsonNode type = schema.path("type");
        if (type.isArray() && type.size() == 2 && type.get(1).asString("").equals("null")) {
            node.put("nullable", true);
            type = type.get(0);
        }
        final String kind = type.isString() ? type.stringValue() : "";
        return schema.has("enum") && (kind.isEmpty() || kind.equals("string")) ? "enum" : kind;
    }

    private void checkKeywords(final JsonNode schema, final String at, final String kind) {
        final Set<String> known = new TreeSet<>(EVERYWHERE);
        known.addAll(KEYWORDS.get(kind));
        if (at.isEmpty()) {
            known.addAll(List.of("$schema", "$id", "$defs"));
        }
        for (final String keyword : schema.propertyNames()) {
            final JsonNode value = schema.get(keyword);
            if (SHAPES.getOrDefault(keyword, value.getNodeType()) != value.getNodeType()) {
                final String wanted = SHAPES.get(keyword).toString().toLowerCase(Locale.ROOT);
                problem(at + "/" + keyword, "expected " + wanted + ", found " + value + ".");
            }
            if (!known.contains(keyword)) {
                final String nearest = known.stream()
                        .filter(candidate -> distance(candidate, keyword) <= 2)
                        .findFirst()
                        .map(candidate -> " Did you mean \"" + candidate + "\"?")
                        .orElse(" Known here: " + String.join(", ", known) + ".");
                problem(at + "/" + escaped(keyword), "a schema of kind " + kind + " has no such keyword." + nearest);
            }
        }
    }

    private void record(final JsonNode schema, final String at, final ObjectNode node, final String name) {
        node.put("kind", "record").put("type", name);
        final ObjectNode type = types.addObject().put("name", name).put("kind", "record");
        type.put("at", contract + "#" + at)
                .put("description", node.path("description").asString(""));
        final Set<String> required = new HashSet<>();
        for (final JsonNode entry : schema.path("required")) {
            required.add(entry.asString(""));
            if (!schema.path("properties").has(entry.asString(""))) {
                problem(at + "/required", entry + " is not among the properties. Declare it, or take it out.");
            }
        }
        final ArrayNode fields = type.putArray("fields");
        final Set<String> javaNames = new HashSet<>();
        for (final Map.Entry<String, JsonNode> property :
                schema.path("properties").properties()) {
            final String place = at + "/properties/" + escaped(property.getKey());
            final String pascal = pascal(property.getKey(), place);
            final String camel = pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
            final boolean taken = SourceVersion.isKeyword(camel) || TAKEN_BY_OBJECT.contains(camel);
            final String java = taken ? camel + "_" : camel;
            if (!javaNames.add(java)) {
                problem(place, "gives the Java name '" + java + "', which another property has. Rename one of them.");
            }
            final ObjectNode value = convert(property.getValue(), place, name + " " + property.getKey());
            fields.addObject()
                    .put("name", property.getKey())
                    .put("java", java)
                    .put("required", required.contains(property.getKey()) && !value.has("nullable"))
                    .set("schema", value);
        }
    }

    private void enumeration(final JsonNode schema, final String at, final ObjectNode node, final String name) {
        node.put("type", name);
        final ObjectNode type = types.addObject().put("name", name).put("kind", "enum");
        type.put("at", contract + "#" + at)
                .put("description", node.path("description").asString(""));
        final ArrayNode values = type.putArray("values");
        final Set<String> constants = new HashSet<>();
        for (final JsonNode value : schema.path("enum")) {
            final String snake = value.asString("").replaceAll("([a-z0-9])([A-Z])", "$1_$2");
            final String upper = snake.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
            final String constant = upper.matches("[A-Z]\\w*") ? upper : "VALUE_" + upper;
            if (!value.isString() || !constants.add(constant)) {
                problem(at + "/enum", "expected strings that give different Java names, found " + value + ".");
            }
            values.addObject().put("json", value.asString("")).put("java", constant);
        }
        if (values.isEmpty()) {
            problem(
                    at + "/enum",
                    "expected a list with at least one string, found " + shown(schema.path("enum")) + ".");
        }
    }

    private void scalar(final JsonNode schema, final String at, final ObjectNode node, final String kind) {
        copyCounts(schema, at, node, "minLength", "maxLength");
        copyText(schema, "format", at, node);
        final String format = node.path("format").asString("");
        if (!format.isEmpty() && !FORMATS.contains(format)) {
            problem(at + "/format", "expected one of " + FORMATS + ", found \"" + format + "\".");
        }
        final boolean typed = !format.isEmpty() && !format.equals("email");
        if (typed && (schema.has("minLength") || schema.has("maxLength") || schema.has("pattern"))) {
            problem(at, "format " + format + " stands alone; take out minLength, maxLength and pattern.");
        }
        copyText(schema, "pattern", at, node);
        if (node.has("pattern")) {
            try {
                Pattern.compile(node.get("pattern").stringValue());
            } catch (final PatternSyntaxException e) {
                problem(at + "/pattern", "not a regular expression: " + e.getDescription() + ".");
                node.remove("pattern");
            }
            if (schema.path("examples").isEmpty()) {
                problem(at, "a pattern needs \"examples\": the generated tests take their valid value from there.");
            }
        }
        for (final String keyword : NUMERIC) {
            final JsonNode value = schema.path(keyword);
            if (value.isNumber() && kind.equals("number")) {
                node.put(keyword, value.decimalValue());
            } else if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
                node.put(keyword, value.decimalValue().longValueExact());
            } else if (schema.has(keyword)) {
                final String wanted = kind.equals("number") ? "a number" : "a whole number of 64 bits";
                problem(
                        at + "/" + keyword,
                        "expected " + wanted + ", found " + value
                                + (value.isString() ? ". Write it without quotes." : "."));
            }
        }
        order(node, at, "minimum", "maximum");
        if (node.has("multipleOf") && node.get("multipleOf").decimalValue().signum() <= 0) {
            problem(at + "/multipleOf", "expected a number above 0, found " + node.get("multipleOf") + ".");
            node.remove("multipleOf");
        }
        if (schema.path("examples").isArray()) {
            node.set("examples", schema.get("examples"));
        }
    }

    private void copyCounts(final JsonNode schema, final String at, final ObjectNode node, final String... keywords) {
        for (final String keyword : keywords) {
            final JsonNode value = schema.path(keyword);
            if (value.isInt() && value.intValue() >= 0) {
                node.put(keyword, value.intValue());
            } else if (schema.has(keyword)) {
                problem(at + "/" + keyword, "expected a whole number of at least 0, found " + value + ".");
            }
        }
        order(node, at, keywords[0], keywords[1]);
    }

    private void order(final ObjectNode node, final String at, final String low, final String high) {
        if (node.has(low)
                && node.has(high)
                && node.get(low).decimalValue().compareTo(node.get(high).decimalValue()) > 0) {
            problem(at, low + " " + node.get(low) + " is above " + high + " " + node.get(high) + ".");
        }
    }

    private void copyText(final JsonNode schema, final String keyword, final String at, final ObjectNode node) {
        if (schema.has(keyword)) {
            node.put(keyword, text(schema, keyword, at));
        }
    }

    private String text(final JsonNode schema, final String keyword, final String at) {
        if (!schema.path(keyword).isString()) {
            problem(at + "/" + keyword, "expected a string, found " + shown(schema.path(keyword)) + ".");
            return "";
        }
        return schema.path(keyword).stringValue();
    }

    private String pascal(final String text, final String at) {
        final StringBuilder name = new StringBuilder();
        for (final String word : text.split("[^A-Za-z0-9]+")) {
            name.append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        if (!SourceVersion.isIdentifier(name)) {
            problem(at, "\"" + text + "\" gives no Java name. Start it with a letter.");
            return "Unnamed";
        }
        return name.toString();
    }

    private static String shown(final JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }

    private void problem(final String at, final String why) {
        problems.add(contract + "#" + at + ": " + why);
    }

    private static String escaped(final String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** How many letters must be changed, added or taken out to make one word of the other (Levenshtein). */
    private static int distance(final String left, final String right) {
        int[] before = new int[right.length() + 1];
        Arrays.setAll(before, column -> column);
        for (int row = 1; row <= left.length(); row++) {
            final int[] now = new int[right.length() + 1];
            now[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                final int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                now[column] = Math.min(before[column - 1] + change, Math.min(before[column], now[column - 1]) + 1);
            }
            before = now;
        }
        return before[right.length()];
    }
}
