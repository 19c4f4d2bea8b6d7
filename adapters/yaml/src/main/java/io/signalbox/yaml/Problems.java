package io.signalbox.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final SourceText source;
    private long beyond;

    Problems(final SourceText source) {
        this.source = source;
    }

    void add(final Place place, final String message) {
        if (isFull()) {
            beyond++;
        } else {
            found.add(new Problem(place.line(), place.column(), message));
        }
    }

    void add(final YamlNode node, final String message) {
        add(node.place(), message);
    }

    /** At the fragment inside the node. */
    void add(final YamlNode node, final String fragment, final String message) {
        add(isFull() ? node.place() : source.find(node, fragment), message);
    }

    void add(final FatalProblem fatal) {
        found.add(fatal.problem());
    }

    SourceText source() {
        return source;
    }

    /** Whether more are only counted; then a hint is not worth its time. */
    boolean isFull() {
        return found.size() >= 2 * Limits.PROBLEMS_MAX;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them in the order of the file, cut at {@link Limits#PROBLEMS_MAX}. */
    WorkflowFileException exception(final Path path) {
        final List<Problem> ordered = new ArrayList<>(found);
        ordered.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        if (ordered.size() <= Limits.PROBLEMS_MAX) {
            return new WorkflowFileException(path, ordered);
        }
        final List<Problem> shown = new ArrayList<>(ordered.subList(0, Limits.PROBLEMS_MAX));
        shown.add(new Problem(0, 0, "and " + (ordered.size() - Limits.PROBLEMS_MAX + beyond) + " more problems"));
        return new WorkflowFileException(path, shown);
    }
}
