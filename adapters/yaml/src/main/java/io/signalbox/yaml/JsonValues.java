package io.signalbox.yaml;

import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** YAML values to JSON values. What JSON cannot hold is reported. */
final class JsonValues {
    private static final int NUMBER_LENGTH_MAX = 100;

    private final Problems problems;

    JsonValues(final Problems problems) {
        this.problems = problems;
    }

    JsonNode of(final YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar(scalar);
        } else if (node instanceof YamlNode.Sequence sequence) {
            final ArrayNode list = JsonNodeFactory.instance.arrayNode();
            sequence.items().forEach(item -> list.add(of(item)));
            return list;
        }
        final ObjectNode object = JsonNodeFactory.instance.objectNode();
        ((YamlNode.Mapping) node)
                .entries()
                .forEach(entry -> object.set(entry.key().value(), of(entry.value())));
        return object;
    }

    private JsonNode scalar(final YamlNode.Scalar scalar) {
        return switch (scalar.kind()) {
            case STRING -> StringNode.valueOf(scalar.value());
            case BOOLEAN ->
                BooleanNode.valueOf(
                        scalar.value().charAt(0) == 't' || scalar.value().charAt(0) == 'T');
            case NULL -> NullNode.getInstance();
            case INTEGER, DECIMAL -> number(scalar);
        };
    }

    private JsonNode number(final YamlNode.Scalar scalar) {
        final String text = scalar.value();
        if (text.length() > NUMBER_LENGTH_MAX) {
            problems.add(
                    scalar, "a number has at most " + NUMBER_LENGTH_MAX + " characters; quote it to make it a string");
            return JsonNumbers.integer(BigInteger.ZERO);
        }
        if (scalar.kind() == YamlNode.Kind.INTEGER) {
            return JsonNumbers.integer(integer(text));
        }
        final boolean isSpecial =
                text.endsWith("inf") || text.endsWith("Inf") || text.endsWith("INF") || text.equalsIgnoreCase(".nan");
        final double value = isSpecial ? Double.NaN : Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            problems.add(scalar, "number " + text + " has no place in JSON; quote it to make it a string");
            return JsonNumbers.integer(BigInteger.ZERO);
        }
        return JsonNumbers.decimal(value);
    }

    private static BigInteger integer(final String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    }
}
