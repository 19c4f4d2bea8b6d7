package io.signalbox.kernel.pattern;

import java.util.List;

/**
 * The results of several tasks become one.
 *
 * @param id of the merge.
 * @param sources whose results go together, each once, in this order.
 * @param strategy how they do.
 * @param function for {@link MergeStrategy#CUSTOM}: the name of the registered function; else empty.
 */
public record Merge(String id, List<String> sources, MergeStrategy strategy, String function) implements PatternSection {
    public Merge {
        sources = List.copyOf(sources);
    }
}
