package io.signalbox.yaml;

import java.util.Optional;

/**
 * What a step, a stage or a block of steps is called.
 *
 * @param id empty when there is none that can be used
 * @param owner what messages call it
 * @param idNode where the id stands
 */
record StepName(String id, String owner, Optional<YamlNode> idNode) {
    static StepName of(final Problems problems, final YamlNode node, final int number) {
        return of(problems, node, number, "step");
    }

    static StepName of(final Problems problems, final YamlNode node, final int number, final String kind) {
        final Optional<YamlNode> idNode =
                node instanceof YamlNode.Mapping mapping ? mapping.value("id") : Optional.empty();
        final Optional<String> id =
                idNode.flatMap(found -> new Values(problems).id(found, "the id of " + kind + " " + number));
        return new StepName(
                id.orElse(""), id.map(known -> kind + " '" + known + "'").orElse(kind + " " + number), idNode);
    }

    /** Whether a step has that key. */
    static boolean has(final YamlNode node, final String key) {
        return node instanceof YamlNode.Mapping mapping && mapping.value(key).isPresent();
    }

    void requireId(final Problems problems, final YamlNode node) {
        if (idNode.isEmpty() && node instanceof YamlNode.Mapping) {
            problems.add(node, owner + " has no id; give it one, as in 'id: compile'");
        }
    }
}
