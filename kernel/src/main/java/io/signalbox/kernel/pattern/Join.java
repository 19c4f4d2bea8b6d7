package io.signalbox.kernel.pattern;

import io.signalbox.kernel.workflow.Superfluous;
import java.util.List;

/**
 * Several tasks lead to one.
 *
 * @param id of the join.
 * @param sources whose results go together, each once.
 * @param continuation what is done with them.
 * @param strategy how many have to succeed, and how their results go together.
 * @param function for {@link MergeStrategy#CUSTOM}: the name of the registered function; else empty.
 * @param timeoutNs in which they have to, 0 for any time.
 * @param superfluous what becomes of those that no longer matter.
 */
public record Join(
        String id,
        List<String> sources,
        TaskTemplate continuation,
        MergeStrategy strategy,
        String function,
        long timeoutNs,
        Superfluous superfluous) implements PatternSection {
    public Join {
        sources = List.copyOf(sources);
    }

    /** How many sources have to succeed before the continuation starts. */
    public int required() {
        return strategy.required(sources.size());
    }
}
