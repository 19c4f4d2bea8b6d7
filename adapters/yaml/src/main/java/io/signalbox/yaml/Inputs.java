package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Turns what was given for a run into its inputs. */
public final class Inputs {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,99})");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][+-]?[0-9]{1,3})?");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.DEPTH_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Inputs() {}

    /**
     * The inputs of one run in declared order: what was given, read by its declared type, else the default.
     *
     * @param given name to text: a string as it is, a number, {@code true} or {@code false}, a list or an object as JSON
     * @throws InputException naming every unknown name, missing input and text that does not fit
     */
    public static ObjectNode resolve(final WorkflowFile workflow, final Map<String, String> given) {
        final List<String> names = workflow.inputs().stream().map(Input::name).toList();
        final List<String> problems = new ArrayList<>();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add("workflow '" + workflow.name() + "' has no input '" + JsonText.cut(name)
                        + "'" + unknownHint(name, names)));
        final ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        for (final Input input : workflow.inputs()) {
            final String text = given.get(input.name());
            final Optional<JsonNode> value = text == null ? input.defaultValue() : parse(input, text);
            if (value.isPresent()) {
                resolved.set(input.name(), value.get());
            } else if (text == null) {
                problems.add("input '" + input.name() + "' is required and was not given; give it with --input "
                        + input.name() + "=" + example(input.type()));
            } else {
                problems.add(
                        "input '" + input.name() + "' must be " + input.type().withArticle() + " such as "
                                + example(input.type()) + ", got '" + JsonText.cut(text) + "'");
            }
        }
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        return resolved;
    }

    private static String unknownHint(final String name, final List<String> names) {
        if (names.isEmpty()) {
            return "; it has none at all";
        }
        final String nearest = NearestName.hint(name, names);
        return nearest.isEmpty() ? "; its inputs are " + String.join(", ", names) : nearest;
    }

    private static Optional<JsonNode> parse(final Input input, final String text) {
        return switch (input.type()) {
            case STRING -> Optional.of(StringNode.valueOf(text));
            case NUMBER -> number(text);
            case BOOLEAN ->
                text.equals("true") || text.equals("false")
                        ? Optional.of(BooleanNode.valueOf(text.equals("true")))
                        : Optional.empty();
            case LIST -> json(text).filter(JsonNode::isArray);
            case OBJECT -> json(text).filter(JsonNode::isObject);
        };
    }

    private static Optional<JsonNode> number(final String text) {
        if (WHOLE.matcher(text).matches()) {
            return Optional.of(JsonNumbers.integer(new BigInteger(text)));
        }
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        final double value = Double.parseDouble(text);
        return Double.isFinite(value) ? Optional.of(JsonNumbers.decimal(value)) : Optional.empty();
    }

    private static Optional<JsonNode> json(final String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (final JacksonException e) {
            return Optional.empty(); // The caller says what was expected and what came.
        }
    }

    private static String example(final Input.Type type) {
        return switch (type) {
            case STRING -> "TEXT";
            case NUMBER -> "3";
            case BOOLEAN -> "true";
            case LIST -> "'[\"a\", \"b\"]'";
            case OBJECT -> "'{\"key\": \"value\"}'";
        };
    }
}
