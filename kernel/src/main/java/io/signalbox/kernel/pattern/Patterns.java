package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.Map;
import java.util.TreeMap;

/**
 * Patterns become steps. Pure: the same pattern and the same parameters give the same steps, all of them or none.
 *
 * <pre>{@code
 * Expansion steps = Patterns.expand(pattern, Map.of("module_count", 3));
 * kernel.deploy(steps.definition());
 * }</pre>
 */
public final class Patterns {
    private Patterns() {}

    /**
     * Expand a pattern that uses no others.
     *
     * @param parameters by name: texts, numbers, truth values, lists, maps. {@code source_task_id} names a task that is done; {@code split_task_1_id} and the
     *     like choose the ids of what is created.
     * @throws InvalidPatternException with everything that is wrong.
     */
    public static Expansion expand(final Pattern pattern, final Map<String, ?> parameters) {
        return expand(pattern, parameters, PatternLibrary.EMPTY);
    }

    /** As {@link #expand(Pattern, Map)}, with the patterns that it may use. */
    public static Expansion expand(
            final Pattern pattern, final Map<String, ?> parameters, final PatternLibrary library) {
        return new Expander(library).expand(pattern, values(parameters), null);
    }

    /**
     * As {@link #expand(Pattern, Map, PatternLibrary)}, with the task that comes first: the source of the split. Its id is its own, else
     * {@code source_task_id}, else that of the pattern with {@code _source} behind it.
     */
    public static Expansion generate(
            final Pattern pattern,
            final TaskTemplate initial,
            final Map<String, ?> parameters,
            final PatternLibrary library) {
        return new Expander(library).expand(pattern, values(parameters), initial);
    }

    /**
     * One section by itself, as a document with a {@code type}: split, sync, join, merge or loop. The tasks that it names are somebody else's.
     *
     * @param source from which tasks take the phase and the priority that they do not say.
     * @throws InvalidPatternException with everything that is wrong.
     */
    public static PatternSection section(final Map<String, ?> document, final TaskTemplate source) {
        final Pattern pattern = Pattern.of(Map.of("name", "section", "pattern", document));
        final PatternProblems problems = new PatternProblems();
        final PatternScope scope = new PatternScope(pattern, problems);
        scope.give(Map.of(), null);
        final DocumentValue main = pattern.body().get("pattern");
        final SectionFields fields = new SectionFields(scope, main, "pattern");
        final PatternSection section = switch (main.textOf("type")) {
            case "split" -> new SplitReader(scope, "", source).read(main);
            case "sync" -> SectionReader.syncPoint(fields, "");
            case "merge" -> SectionReader.merge(fields, "");
            case "loop" -> SectionReader.loop(fields, "", source);
            default ->
                SectionReader.join(
                        fields, "", SectionReader.part(fields, "continuation_task", "join_task", source), task -> false);
        };
        problems.throwIfAny();
        return section;
    }

    private static Map<String, DocumentValue> values(final Map<String, ?> parameters) {
        final TreeMap<String, DocumentValue> values = new TreeMap<>();
        for (final Map.Entry<String, ?> parameter : new TreeMap<>(parameters).entrySet()) {
            values.put(parameter.getKey(), DocumentValue.of(parameter.getValue()));
        }
        return values;
    }
}
