package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.workflow.InvalidWorkflowException;
import io.signalbox.kernel.workflow.WorkflowCompiler;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One expansion: a pattern, what it was told, and those that it uses. */
final class Expander {
    private static final int LEVELS_MAX = 16;
    private static final int USES_MAX = 10_000;

    private final PatternLibrary library;
    private final PatternProblems problems = new PatternProblems();
    private final StepBook book = new StepBook();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<Split> splits = new ArrayList<>();
    private final List<SyncPoint> syncPoints = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final List<Merge> merges = new ArrayList<>();
    private final List<Join> joins = new ArrayList<>();
    private int usedCount;

    Expander(final PatternLibrary library) {
        this.library = library;
    }

    Expansion expand(final Pattern pattern, final Map<String, DocumentValue> given, final TaskTemplate initial) {
        final PatternScope scope = expand(pattern, given, initial, "", null);
        if (problems.isEmpty() && book.ids().isEmpty()) {
            scope.problem("", PatternFault.NOTHING_TO_DO, "pattern '" + pattern.name() + "' makes nothing");
        }
        problems.throwIfAny();
        try {
            WorkflowCompiler.compile(WorkflowDefinition.of(pattern.name(), book.steps()));
        } catch (final InvalidWorkflowException e) {
            scope.problem("", PatternFault.NO_WORKFLOW, e.getMessage());
        }
        problems.throwIfAny();
        return new Expansion(
                pattern.name(), book.steps(), new TreeMap<>(scope.values()), splits, syncPoints, loops, merges, joins);
    }

    private PatternScope expand(
            final Pattern pattern,
            final Map<String, DocumentValue> given,
            final TaskTemplate initial,
            final String prefix,
            final SectionFields user) {
        final PatternScope scope = new PatternScope(pattern, problems);
        final int before = problems.count();
        scope.give(given, user);
        if (problems.count() > before) { // what a wrong parameter brings about further down says nothing new
            problems.throwIfAny();
        }
        final PatternExpansion expansion = new PatternExpansion(scope, book, prefix, source(scope, initial));
        open.addLast(pattern.name());
        expansion.split();
        uses(scope, prefix);
        expansion.rest();
        open.removeLast();
        splits.addAll(expansion.splits());
        syncPoints.addAll(expansion.syncPoints());
        loops.addAll(expansion.loops());
        merges.addAll(expansion.merges());
        joins.addAll(expansion.joins());
        return scope;
    }

    /** The task before the split, when it is made with it. */
    private TaskTemplate source(final PatternScope scope, final TaskTemplate initial) {
        if (initial == null) {
            return TaskTemplate.of("split_task");
        }
        final String given = scope.values().get("source_task_id").text();
        final String own = initial.id().isEmpty() ? given : initial.id();
        final TaskTemplate source =
                initial.withId(own.isEmpty() ? scope.pattern().name() + "_source" : own);
        scope.put("source_task_id", source.id());
        book.add(
                scope,
                "",
                book.task(source, List.of(), Map.of("pattern", scope.pattern().name())));
        return source;
    }

    // ------------------------------------------------------------------ patterns that use patterns

    private void uses(final PatternScope scope, final String prefix) {
        final DocumentValue uses = scope.pattern().body().get("uses");
        if (uses == null || uses.kind() == DocumentValue.Kind.NULL) {
            return;
        }
        if (!uses.isList()) {
            scope.problem("uses", PatternFault.INVALID_VALUE, "'uses' must be a list, got " + uses);
            return;
        }
        for (int i = 0; i < uses.size() && !isTooLarge(); i++) {
            final String path = "uses[" + i + "]";
            use(new SectionFields(scope, scope.resolve(uses.value(i), path), path), prefix);
        }
    }

    /** Then nothing more needs to be known: what multiplies itself would never end. */
    private boolean isTooLarge() {
        return usedCount > USES_MAX || book.isFull() && !problems.isEmpty();
    }

    private void use(final SectionFields fields, final String prefix) {
        final PatternScope scope = fields.scope();
        final String id = fields.id("id");
        final String name = fields.text("pattern");
        final Pattern used = library.find(name);
        if (open.contains(name)) {
            fields.problem(
                    "pattern",
                    PatternFault.RECURSION,
                    "patterns use each other in a circle: " + String.join(" -> ", open) + " -> " + name);
        } else if (used == null) {
            fields.problem(
                    "pattern",
                    PatternFault.UNKNOWN_PATTERN,
                    "there is no pattern '" + name + "'" + PatternNames.hint(name, library.names()));
        } else if (book.isFull() || ++usedCount > USES_MAX) {
            fields.problem(
                    "pattern",
                    PatternFault.TOO_LARGE,
                    "the patterns that this one uses, and those that they use, make more than " + StepBook.STEPS_MAX
                            + " steps or are more than " + USES_MAX);
        } else if (open.size() == LEVELS_MAX) {
            fields.problem(
                    "pattern", PatternFault.TOO_LARGE, "patterns use each other at most " + LEVELS_MAX + " deep");
        } else {
            final DocumentValue parameters = fields.get("parameters");
            final PatternScope inner = expand(used, map(fields, parameters), null, prefix + id + "_", fields);
            inner.values().forEach((created, value) -> scope.put(id + "." + created, value));
        }
    }

    private static Map<String, DocumentValue> map(final SectionFields fields, final DocumentValue parameters) {
        final TreeMap<String, DocumentValue> map = new TreeMap<>();
        if (parameters != null && !parameters.isMap()) {
            fields.problem(
                    "parameters", PatternFault.INVALID_VALUE, "'parameters' must be a mapping, got " + parameters);
        }
        for (int i = 0; parameters != null && i < parameters.size() && parameters.isMap(); i++) {
            map.put(parameters.name(i), parameters.value(i));
        }
        return map;
    }
}
