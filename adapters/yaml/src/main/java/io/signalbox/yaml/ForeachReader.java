package io.signalbox.yaml;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads where the items of a step come from that runs once for each of them. */
final class ForeachReader {
    private final Problems problems;
    private final Values values;

    ForeachReader(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    Foreach foreach(final YamlNode node, final String owner, final Templates templates) {
        final String what = "'foreach' of " + owner;
        final Foreach none = new Foreach.Items(List.of());
        if (node instanceof YamlNode.Sequence sequence) {
            return items(sequence, what);
        }
        if (!(node instanceof YamlNode.Scalar scalar)
                || scalar.kind() != YamlNode.Kind.STRING
                || !scalar.value().startsWith("${")) {
            problems.add(
                    node,
                    what + " must be a list or one placeholder such as ${inputs.items}, got " + Describe.value(node));
            return none;
        }
        final Optional<Template> template = templates.template(node, what);
        if (template.isEmpty()) {
            return none;
        }
        final List<Template.Part> parts = template.get().parts();
        if (parts.size() == 1 && parts.get(0) instanceof Template.Part.Value value) {
            if (value.placeholder() instanceof Placeholder.InputValue input) {
                return new Foreach.FromInput(input);
            }
            if (value.placeholder().stepId().isPresent()) {
                return new Foreach.FromResult(value.placeholder());
            }
            problems.add(
                    node,
                    what + " must be a list or one placeholder of an input or of a step, got ${"
                            + value.placeholder().text() + "}");
            return none;
        }
        problems.add(node, what + " must be a list or exactly one placeholder, got " + Describe.value(node));
        return none;
    }

    private Foreach items(final YamlNode.Sequence sequence, final String what) {
        if (sequence.items().isEmpty()) {
            problems.add(sequence, what + " is an empty list; give it at least one item or take the step out");
        }
        if (sequence.items().size() > Limits.FOREACH_ITEMS_MAX) {
            problems.add(
                    sequence,
                    what + " has at most " + Limits.FOREACH_ITEMS_MAX + " items, got "
                            + sequence.items().size());
            return new Foreach.Items(List.of());
        }
        values.refusePlaceholders(sequence, "an item of " + what, "put the placeholder where the item is used");
        final JsonValues json = new JsonValues(problems);
        final List<JsonNode> items = sequence.items().stream().map(json::of).toList();
        return new Foreach.Items(items);
    }
}
