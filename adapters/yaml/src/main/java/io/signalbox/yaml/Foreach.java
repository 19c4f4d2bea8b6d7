package io.signalbox.yaml;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where the items of a step come from that runs once for each of them. */
public sealed interface Foreach {

    /**
     * A literal list.
     *
     * @param items 1 to {@link Limits#FOREACH_ITEMS_MAX} items in order; the nodes are for reading only
     */
    record Items(List<JsonNode> items) implements Foreach {
        /** Copies the list and its nodes. */
        public Items {
            items = items.stream().map(JsonNode::deepCopy).toList();
        }
    }

    /**
     * The list that an input holds when the run starts. An empty one means no instance at all.
     *
     * @param reference the input, or a place inside it
     */
    record FromInput(Placeholder.InputValue reference) implements Foreach {}

    /**
     * The list that other steps come to. It is known when they have ended; an empty one means no instance at all.
     *
     * @param reference what stands for it: something of a step
     */
    record FromResult(Placeholder reference) implements Foreach {}

    /** What its list is called: empty for a literal one. */
    default Optional<Placeholder> source() {
        if (this instanceof FromInput input) {
            return Optional.of(input.reference());
        }
        return this instanceof FromResult result ? Optional.of(result.reference()) : Optional.empty();
    }
}
