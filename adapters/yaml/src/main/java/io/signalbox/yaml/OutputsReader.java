package io.signalbox.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a workflow gives to one that calls it. */
final class OutputsReader {
    private final Problems problems;
    private final Values values;

    OutputsReader(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Names to values, which may be placeholders. */
    Map<String, Call.Argument> read(final YamlNode node, final Templates templates) {
        final Map<String, Call.Argument> outputs = new LinkedHashMap<>();
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(node, "'outputs' must be a mapping of names to values, got " + Describe.value(node));
            return outputs;
        }
        for (final YamlNode.Entry entry : mapping.entries()) {
            final String name = entry.key().value();
            if (values.isId(entry.key(), name, "an output's name")) {
                value(entry.value(), "output '" + name + "'", templates).ifPresent(value -> outputs.put(name, value));
            }
        }
        return outputs;
    }

    private Optional<Call.Argument> value(final YamlNode node, final String what, final Templates templates) {
        if (node instanceof YamlNode.Scalar scalar
                && scalar.kind() == YamlNode.Kind.STRING
                && Values.firstPlaceholder(scalar.value()).isPresent()) {
            return templates.template(node, what).map(Call.Argument::of);
        }
        values.refusePlaceholders(node, what, "let the whole value be one placeholder");
        return Optional.of(Call.Argument.of(new JsonValues(problems).of(node)));
    }
}
