import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resolves every {@code $ref} between the models of all contracts and writes {@code linked.json}: all types sorted by
 * name, every field's schema complete. Refused, each by name: a reference to nothing, two types of one name, references
 * that only lead to each other, and types of which no finite document can exist.
 */
public final class LinkModels {
    /** Names that the generated code uses for something else; those of java.lang are asked for. */
    private static final Set<String> TAKEN = Set.of(
            "ArrayList",
            "Arrays",
            "BigDecimal",
            "Checks",
            "Collections",
            "ContractTests",
            "HashSet",
            "LocalDate",
            "List",
            "OffsetDateTime",
            "Optional",
            "Pattern",
            "Supplier",
            "URI",
            "UUID",
            "Violation");

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();
    private final Set<String> problems = new LinkedHashSet<>();
    private final Map<String, JsonNode> roots = new TreeMap<>();
    private final Map<String, String> contractOfId = new HashMap<>();
    private final Set<String> contracts = new TreeSet<>();
    private final Map<String, ObjectNode> types = new TreeMap<>();
    private int references;

    public static void main(final String[] args) throws IOException {
        final LinkModels linker = new LinkModels();
        final String javaPackage = args[0];
        if (!SourceVersion.isName(javaPackage)) {
            linker.problems.add("input 'package': expected the name of a Java package, found \"" + javaPackage + "\".");
        }
        for (final JsonNode file : linker.mapper.readTree(args[1])) {
            linker.add(linker.mapper.readTree(Files.readString(Path.of(file.stringValue()))));
        }
        linker.resolveAll();
        linker.refuseEndlessTypes();
        if (!linker.problems.isEmpty()) {
            linker.problems.forEach(System.err::println);
            System.exit(1);
        }
        linker.markRecursion();
        final ObjectNode linked = linker.mapper.createObjectNode().put("package", javaPackage);
        linker.types.values().forEach(linked.withArray("types")::add);
        Files.writeString(
                Path.of(System.getenv("SIGNALBOX_OUT"), "linked.json"),
                linker.mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(linked) + "\n");
        System.err.println("resolved " + linker.references + " references");
        System.out.println(linker.mapper
                .createObjectNode()
                .put("contracts", linker.contracts.size())
                .put("types", linker.types.size())
                .put("references", linker.references));
    }

    private void add(final JsonNode model) {
        final String contract = model.get("contract").stringValue();
        final String id = model.get("id").stringValue();
        if (!contracts.add(contract)) {
            problems.add(contract + ": stands twice in the input 'contracts'. Take one out.");
            return;
        }
        final String other = id.isEmpty() ? null : contractOfId.put(id, contract);
        if (other != null) {
            problems.add(contract + "#/$id: " + other + " has the same $id " + id + ". Give each its own.");
        }
        model.get("roots").properties().forEach(root -> roots.put(contract + "#" + root.getKey(), root.getValue()));
        for (final JsonNode type : model.get("types")) {
            final String name = type.get("name").stringValue();
            final String at = type.get("at").stringValue();
            final ObjectNode twin = types.put(name, (ObjectNode) type);
            if (twin != null) {
                problems.add(at + ": the type " + name + " exists already, at "
                        + twin.get("at").stringValue() + ". Give one of them another title.");
            }
            if (TAKEN.contains(name) || isInJavaLang(name)) {
                problems.add(at + ": the name " + name + " is taken in Java. Give it another title.");
            }
        }
    }

    private static boolean isInJavaLang(final String name) {
        try {
            return Class.forName("java.lang." + name, false, null) != null;
        } catch (final ClassNotFoundException e) {
            return false;
        }
    }

    private void resolveAll() {
        for (final String name : types.keySet()) {
            for (final String suffix : List.of("Validator", "Test")) {
                if (types.containsKey(name + suffix)) {
                    problems.add(types.get(name + suffix).get("at").stringValue() + ": " + name + suffix
                            + " is also what is generated for " + name + ". Give it another title.");
                }
            }
        }
        roots.values().forEach(root -> resolve(root, new LinkedHashSet<>()));
        for (final ObjectNode type : types.values()) {
            for (final JsonNode field : type.path("fields")) {
                final ObjectNode schema = resolve(field.get("schema"), new LinkedHashSet<>());
                if (schema.path("items").path("kind").asString("").equals("array")) {
                    problems.add(type.get("at").stringValue() + "/properties/"
                            + field.get("name").stringValue()
                            + ": an array of arrays has no record. Put an object with a name between them.");
                }
                if (schema.path("uniqueItems").asBoolean(false)
                        && schema.path("items").path("kind").asString("").equals("number")) {
                    problems.add(type.get("at").stringValue() + "/properties/"
                            + field.get("name").stringValue()
                            + ": uniqueItems of numbers is not supported (1.0 equals 1.00). Use integer or string.");
                }
                ((ObjectNode) field).set("schema", schema);
                if (schema.has("nullable")) {
                    ((ObjectNode) field).put("required", false);
                }
            }
        }
    }

    /** The node with every reference in it replaced; {@code trail} is the references followed on the way. */
    private ObjectNode resolve(final JsonNode node, final Set<String> trail) {
        final ObjectNode resolved = (ObjectNode) node.deepCopy();
        if (node.get("kind").stringValue().equals("array")) {
            resolved.set("items", resolve(node.get("items"), trail));
        }
        if (!node.get("kind").stringValue().equals("ref")) {
            return resolved;
        }
        final String at = node.get("at").stringValue();
        final String target = target(node.get("ref").stringValue(), at);
        if (target == null) {
            return resolved;
        }
        if (!trail.add(target)) {
            problems.add(at + ": the references only lead to each other: " + String.join(" -> ", trail) + " -> "
                    + target + ". Let one of them be an object.");
            return resolved;
        }
        references += trail.size() == 1 ? 1 : 0;
        final ObjectNode found = resolve(roots.get(target), trail);
        trail.remove(target);
        if (node.has("description")) {
            found.set("description", node.get("description"));
        }
        return found;
    }

    /** The key in {@code roots} that a reference means, or null after a problem is noted. */
    private String target(final String ref, final String at) {
        final String from = at.substring(0, at.indexOf('#'));
        final URI uri;
        try {
            uri = URI.create(ref);
        } catch (final IllegalArgumentException e) {
            problems.add(at + ": \"" + ref + "\" is not a URI reference.");
            return null;
        }
        final String fragment = uri.getFragment() == null ? "" : uri.getFragment();
        final String contract;
        if (uri.isAbsolute()) {
            contract = contractOfId.get(ref.replaceAll("#.*", ""));
        } else if (uri.getPath().isEmpty()) {
            contract = from;
        } else {
            contract = Path.of(from).resolveSibling(uri.getPath()).normalize().toString();
        }
        if (contract == null || !contracts.contains(contract)) {
            problems.add(at + ": \"" + ref + "\" is not among the contracts. Known: " + String.join(", ", contracts)
                    + ". Correct the reference, or add the contract to the input 'contracts'.");
            return null;
        }
        if (!roots.containsKey(contract + "#" + fragment)) {
            problems.add(at + ": \"" + ref + "\" points to nothing. Possible: "
                    + roots.keySet().stream()
                            .filter(root -> root.startsWith(contract + "#"))
                            .collect(Collectors.joining(", "))
                    + ".");
            return null;
        }
        return contract + "#" + fragment;
    }

    private void refuseEndlessTypes() {
        final Set<String> finite = new TreeSet<>();
        for (final String name : types.keySet()) {
            final List<String> trail = new ArrayList<>();
            if (problems.isEmpty() && !isFinite(name, trail, finite)) {
                problems.add(types.get(name).get("at").stringValue() + ": no finite document can exist: "
                        + String.join(" -> ", trail) + ". Make one of these fields optional.");
            }
        }
    }

    private boolean isFinite(final String name, final List<String> trail, final Set<String> finite) {
        final boolean back = trail.contains(name);
        trail.add(name);
        if (back) {
            return false;
        }
        for (final JsonNode field : types.get(name).path("fields")) {
            final JsonNode schema = field.get("schema");
            final boolean needed = field.get("required").booleanValue()
                    && (!schema.has("items") || schema.path("minItems").asInt(0) > 0);
            final String next = recordIn(schema);
            if (needed && next != null && !finite.contains(next) && !isFinite(next, trail, finite)) {
                return false;
            }
        }
        trail.remove(trail.size() - 1);
        finite.add(name);
        return true;
    }

    /** Marks the fields through which a type reaches itself: a sample stops there. */
    private void markRecursion() {
        for (final Map.Entry<String, ObjectNode> type : types.entrySet()) {
            for (final JsonNode field : type.getValue().path("fields")) {
                final Set<String> reached = new TreeSet<>();
                reach(recordIn(field.get("schema")), reached);
                if (reached.contains(type.getKey())) {
                    ((ObjectNode) field).put("recursive", true);
                }
            }
        }
    }

    private void reach(final String name, final Set<String> reached) {
        if (name != null && reached.add(name)) {
            types.get(name).path("fields").forEach(field -> reach(recordIn(field.get("schema")), reached));
        }
    }

    private static String recordIn(final JsonNode schema) {
        final JsonNode node = schema.has("items") ? schema.get("items") : schema;
        return node.get("kind").stringValue().equals("record")
                ? node.get("type").stringValue()
                : null;
    }
}
