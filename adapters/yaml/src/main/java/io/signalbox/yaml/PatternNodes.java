package io.signalbox.yaml;

import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.PatternFault;
import io.signalbox.kernel.pattern.PatternProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The nodes of a pattern file as the document that the kernel reads, and the way back from a path in it to a place in the file. */
final class PatternNodes {
    private final Problems problems;
    private final SortedMap<String, YamlNode> values = new TreeMap<>();
    private final SortedMap<String, YamlNode> keys = new TreeMap<>();
    private final DocumentValue document;

    PatternNodes(final Problems problems, final YamlNode root) {
        this.problems = problems;
        this.document = document(root, "");
    }

    DocumentValue document() {
        return document;
    }

    private DocumentValue document(final YamlNode node, final String path) {
        values.put(path, node);
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar(scalar);
        }
        if (node instanceof YamlNode.Sequence sequence) {
            final List<Object> list = new ArrayList<>();
            for (int i = 0; i < sequence.items().size(); i++) {
                list.add(document(sequence.items().get(i), path + "[" + i + "]"));
            }
            return DocumentValue.of(list);
        }
        final TreeMap<String, Object> map = new TreeMap<>();
        for (final YamlNode.Entry entry : ((YamlNode.Mapping) node).entries()) {
            final String at = path.isEmpty() ? entry.key().value() : path + "." + entry.key().value();
            keys.put(at, entry.key());
            map.put(entry.key().value(), document(entry.value(), at));
        }
        return DocumentValue.of(map);
    }

    private DocumentValue scalar(final YamlNode.Scalar scalar) {
        final JsonNode json = new JsonValues(problems).of(scalar);
        if (json.isNull()) {
            return DocumentValue.NULL;
        }
        if (json.isBoolean()) {
            return DocumentValue.of(json.booleanValue());
        }
        if (json.isString()) {
            return DocumentValue.of(json.stringValue());
        }
        if (json.isDouble()) {
            return DocumentValue.of(json.doubleValue());
        }
        if (!json.canConvertToLong()) {
            problems.add(scalar, "number " + scalar.value() + " has more than 64 bits; quote it to make it a string");
            return DocumentValue.NULL;
        }
        return DocumentValue.of(json.longValue());
    }

    /** Where each value stands, as {@code file:line:column}. */
    SortedMap<String, String> places(final Path source) {
        final SortedMap<String, String> places = new TreeMap<>();
        values.forEach((path, node) -> places.put(
                path, source + ":" + node.place().line() + ":" + node.place().column()));
        return places;
    }

    /** Report what the kernel found, at the key, placeholder or value that it is about. */
    void add(final PatternProblem problem) {
        final String path = problem.path();
        if (problem.fault() == PatternFault.UNKNOWN_KEY && keys.containsKey(path)) {
            problems.add(keys.get(path), problem.message());
        } else if (problem.fault() == PatternFault.UNKNOWN_PARAMETER) {
            problems.add(node(path), placeholder(problem.message()), problem.message());
        } else {
            problems.add(node(path), problem.message());
        }
    }

    private static String placeholder(final String message) {
        final int open = message.indexOf("${");
        return open < 0 ? "" : message.substring(open, message.indexOf('}', open) + 1);
    }

    private YamlNode node(final String path) {
        String at = path;
        while (!values.containsKey(at)) {
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return values.get(at);
    }
}
