package io.signalbox.kernel.board;

import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.Merged;
import io.signalbox.kernel.pattern.MergeStrategy;
import io.signalbox.kernel.pattern.Merges;
import io.signalbox.kernel.pattern.SourceResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Functions of users that merge, by name; beside them the kernel's strategies. Any thread. */
public final class MergeFunctions {
    private final Map<String, MergeFunction> functions = new ConcurrentHashMap<>();

    /**
     * Register a function.
     *
     * @throws BoardException when there is one of this name.
     */
    public MergeFunctions register(final String name, final MergeFunction function) {
        if (functions.putIfAbsent(name, function) != null) {
            throw new BoardException(
                    BoardException.Reason.DUPLICATE_ID, "there is a merge function '" + name + "' already");
        }
        return this;
    }

    /**
     * A merge must be possible before anything waits for it.
     *
     * @throws BoardException when it is custom and nobody has registered its function.
     */
    void check(final MergeStrategy strategy, final String function) {
        if (strategy == MergeStrategy.CUSTOM && !functions.containsKey(function)) {
            throw new BoardException(
                    BoardException.Reason.UNKNOWN_FUNCTION,
                    "no merge function is called '" + function + "'; registered are "
                            + new TreeMap<>(functions).keySet());
        }
    }

    /**
     * Merge, by a strategy of the kernel's or a registered function.
     *
     * @throws io.signalbox.kernel.pattern.IncomparableResultsException when the results do not go together.
     */
    Merged merge(final MergeStrategy strategy, final String function, final List<SourceResult> sources) {
        if (strategy != MergeStrategy.CUSTOM) {
            return Merges.merge(strategy, sources);
        }
        check(strategy, function);
        final DocumentValue merged = DocumentValue.of(functions.get(function).merge(sources));
        return new Merged(strategy, merged, sources, List.of(), List.of());
    }
}
