package io.signalbox.kernel.board;

import io.signalbox.kernel.context.DocumentValue;
import java.util.Map;
import java.util.TreeMap;

/**
 * When a pattern is the one to take: the metadata of a ticket, or a task, has these values.
 *
 * @param pattern name of the pattern.
 * @param where names and the values that they have to have; all of them.
 * @param parameters for the pattern.
 */
public record PatternRule(String pattern, Map<String, Object> where, Map<String, Object> parameters) {
    public PatternRule {
        where = Map.copyOf(where);
        parameters = Map.copyOf(parameters);
    }

    /** A rule whose pattern is told nothing. */
    public static PatternRule of(final String pattern, final Map<String, ?> where) {
        return new PatternRule(pattern, new TreeMap<>(where), Map.of());
    }

    /** Whether a document has these values. */
    public boolean matches(final DocumentValue document) {
        return where.entrySet().stream()
                .allMatch(one -> DocumentValue.of(one.getValue()).equals(document.get(one.getKey())));
    }
}
