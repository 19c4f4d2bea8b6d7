package io.signalbox.kernel.pattern;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one pattern and with those that it uses. */
final class PatternProblems {
    private static final int PROBLEMS_MAX = 100;

    private final List<PatternProblem> found = new ArrayList<>();

    void add(final Pattern pattern, final String path, final PatternFault fault, final String message) {
        final PatternProblem problem = new PatternProblem(pattern.name(), path, pattern.place(path), fault, message);
        if (found.size() < PROBLEMS_MAX && !found.contains(problem)) {
            found.add(problem);
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    List<PatternProblem> found() {
        return List.copyOf(found);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidPatternException(found);
        }
    }
}
