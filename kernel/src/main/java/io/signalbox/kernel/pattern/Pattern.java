package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pattern of work as it was written: with its placeholders, before it has parameters. {@link Patterns} makes steps of it. Immutable; any thread.
 *
 * @param name what it is called.
 * @param description for people; may be empty.
 * @param parameters what it can be told, in declared order.
 * @param body the sections {@code pattern, uses, sync_points, loop, merge, join}.
 * @param places of its values in its file, by path; empty when it is from none.
 */
public record Pattern(
        String name,
        String description,
        List<PatternParameter> parameters,
        DocumentValue body,
        SortedMap<String, String> places) {
    private static final List<String> ABOUT = List.of("name", "description", "parameters");

    public Pattern {
        parameters = List.copyOf(parameters);
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
    }

    /**
     * The pattern in a map with the keys of a pattern file.
     *
     * @throws InvalidPatternException when its keys, values or placeholders cannot be.
     * @throws IllegalArgumentException when it holds something that is no text, number, truth value, list or map.
     */
    public static Pattern of(final Map<String, ?> document) {
        return of(DocumentValue.of(document), Collections.emptySortedMap(), "");
    }

    /**
     * As {@link #of(Map)}, from a file.
     *
     * @param places of the values, by path, as {@code file:line:column}.
     * @param fileName its name when the document says none.
     */
    public static Pattern of(
            final DocumentValue document, final SortedMap<String, String> places, final String fileName) {
        final PatternProblems problems = new PatternProblems();
        final Pattern pattern = new PatternShape(problems).read(document, places, fileName);
        problems.throwIfAny();
        return pattern;
    }

    /** The body of a document: all but what is about the pattern. */
    static DocumentValue bodyOf(final DocumentValue document) {
        final SortedMap<String, DocumentValue> body = new TreeMap<>();
        for (int i = 0; i < document.size(); i++) {
            if (document.isMap() && !ABOUT.contains(document.name(i))) {
                body.put(document.name(i), document.value(i));
            }
        }
        return DocumentValue.of(body);
    }

    /** Where a value stands, or what it stands in; empty when that is not known. */
    String place(final String path) {
        String at = path;
        while (!at.isEmpty() && !places.containsKey(at)) {
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        final String place = places.get(at);
        return place == null ? "" : place;
    }

    /** The parameter of a name, or null. */
    public PatternParameter parameter(final String name) {
        for (final PatternParameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter;
            }
        }
        return null;
    }
}
