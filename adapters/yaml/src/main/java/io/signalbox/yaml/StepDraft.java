package io.signalbox.yaml;

import java.util.List;
import java.util.Map;

/**
 * A step as it was read, with the places that later checks need. Wrong parts have harmless values; a file with a problem never
 * becomes a workflow.
 *
 * @param step what was read; its id is empty if there was none that can be used
 * @param node the whole step
 * @param idNode where its id stands
 * @param needNodes its needs with their places
 * @param outputNodes its outputs with their places
 * @param uses its placeholders, without those of the defaults
 * @param implied ids of steps that it waits for beside its needs
 */
record StepDraft(
        Step step,
        YamlNode node,
        YamlNode idNode,
        List<YamlNode.Scalar> needNodes,
        Map<String, YamlNode> outputNodes,
        List<Use> uses,
        List<String> implied) {

    /** A step that executes nothing; {@code implied} are ids that it waits for. */
    static StepDraft idle(final Step step, final YamlNode node, final List<String> implied) {
        return new StepDraft(step, node, node, List.of(), Map.of(), List.of(), implied);
    }

    boolean hasId() {
        return !step.id().isEmpty();
    }
}
