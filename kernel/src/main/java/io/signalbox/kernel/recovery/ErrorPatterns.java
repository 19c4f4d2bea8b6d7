package io.signalbox.kernel.recovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Patterns by priority. Looking takes no lock; a change puts a new list in the place of the old one. Any thread. */
final class ErrorPatterns {
    /** Most patterns. */
    static final int COUNT_MAX = 1000;

    private volatile List<ErrorPattern> byPriority = List.of();

    List<ErrorPattern> all() {
        return byPriority;
    }

    /** Add one; one of the same id gives way. */
    synchronized void add(final ErrorPattern pattern) {
        final List<ErrorPattern> next = without(pattern.patternId());
        Refused.unless(next.size() < COUNT_MAX, "there are " + COUNT_MAX + " error patterns; take one away first");
        next.add(pattern);
        next.sort(Comparator.comparingInt(ErrorPattern::priority).reversed()); // stable: of equal ones the first added
        byPriority = List.copyOf(next);
    }

    synchronized void remove(final String patternId) {
        byPriority = List.copyOf(without(patternId));
    }

    private List<ErrorPattern> without(final String patternId) {
        final List<ErrorPattern> others = new ArrayList<>(byPriority);
        others.removeIf(known -> known.patternId().equals(patternId));
        return others;
    }

    ErrorAnalysis analyse(final ErrorDescription error) {
        return analyse(error, byPriority);
    }

    static ErrorAnalysis analyse(final ErrorDescription error, final List<ErrorPattern> byPriority) {
        for (final ErrorPattern pattern : byPriority) {
            final Map<String, String> groups = pattern.find(error);
            if (groups != null) {
                return new ErrorAnalysis(pattern, pattern.errorType(), groups);
            }
        }
        return new ErrorAnalysis(null, error.type(), Map.of());
    }
}
