package io.signalbox.yaml;

import java.util.List;
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
}
