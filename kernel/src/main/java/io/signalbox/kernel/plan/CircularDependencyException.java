package io.signalbox.kernel.plan;

import java.util.List;

/** Tasks that wait for each other. */
public final class CircularDependencyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int NAMES_SHOWN = 50;

    private final transient List<String> cyclePath;

    /** @param cyclePath closed: each task needs the next one, and the last is the first. */
    public CircularDependencyException(final List<String> cyclePath) {
        super("the tasks form a cycle: "
                + (cyclePath.size() <= NAMES_SHOWN
                        ? String.join(" -> ", cyclePath)
                        : String.join(" -> ", cyclePath.subList(0, NAMES_SHOWN)) + " -> ... (" + (cyclePath.size() - 1)
                                + " tasks)"));
        this.cyclePath = List.copyOf(cyclePath);
    }

    /** Closed: each task needs the next one, and the last is the first. */
    public List<String> cyclePath() {
        return cyclePath;
    }
}
