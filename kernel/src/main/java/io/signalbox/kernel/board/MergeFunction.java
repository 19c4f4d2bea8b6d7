package io.signalbox.kernel.board;

import io.signalbox.kernel.pattern.SourceResult;
import java.util.List;
import java.util.Map;

/** How results go together that no strategy of the kernel's suits. Runs on the thread of whoever merges; its result is what counts and is kept. */
@FunctionalInterface
public interface MergeFunction {
    /**
     * Merge.
     *
     * @param sources in declared order; those that brought nothing included.
     * @return the merged keys.
     */
    Map<String, ?> merge(List<SourceResult> sources);
}
