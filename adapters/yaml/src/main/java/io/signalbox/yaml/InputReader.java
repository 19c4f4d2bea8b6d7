package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code inputs}. */
final class InputReader {
    private final Problems problems;
    private final Values values;

    InputReader(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    List<Input> read(final YamlNode node) {
        final List<Input> inputs = new ArrayList<>();
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(
                    node,
                    "'inputs' must be a mapping of names to inputs, as in 'mode: {default: fast}', got "
                            + Describe.value(node));
            return inputs;
        }
        for (final YamlNode.Entry entry : mapping.entries()) {
            if (values.isId(entry.key(), entry.key().value(), "an input's name")) {
                inputs.add(input(entry.key().value(), entry.value()));
            }
        }
        return inputs;
    }

    private Input input(final String name, final YamlNode node) {
        final String owner = "input '" + name + "'";
        if (node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.NULL) {
            return new Input(name, Input.Type.STRING, Optional.empty(), Optional.empty());
        }
        if (!(node instanceof YamlNode.Mapping)) {
            problems.add(
                    node,
                    owner + " must be a mapping, got " + Describe.value(node) + "; write '" + name
                            + ": {default: ...}'");
            return new Input(name, Input.Type.STRING, Optional.empty(), Optional.empty());
        }
        final Fields fields = Fields.of(problems, node, owner, KnownKeys.INPUT);
        final Optional<YamlNode> given = fields.get("default");
        given.ifPresent(value -> values.refusePlaceholders(
                value, "the default of " + owner, "put the placeholder where the input is used"));
        final Optional<JsonNode> value = given.map(found -> new JsonValues(problems).of(found));
        final Optional<Input.Type> said = fields.get("type")
                .flatMap(found ->
                        values.choice(found, "'type' of " + owner, List.of(Input.Type.values()), Input.Type::word));
        final Input.Type type = said.or(() -> value.flatMap(InputTypes::of)).orElse(Input.Type.STRING);
        if (value.isPresent() && value.get().isNull()) {
            problems.add(
                    given.orElse(node),
                    "the default of " + owner + " has no value; write one, or leave 'default' out to make"
                            + " the input required");
        } else if (value.isPresent() && !InputTypes.of(value.get()).equals(Optional.of(type))) {
            problems.add(
                    given.orElse(node),
                    "the default of " + owner + " must be " + type.withArticle() + ", got "
                            + JsonText.describe(value.get()));
        }
        return new Input(
                name,
                type,
                value,
                fields.get("description").flatMap(text -> values.shown(text, "'description' of " + owner, "\n\t")));
    }
}
