package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a pattern: steps of a workflow, and the names of what was created.
 *
 * @param pattern its name.
 * @param steps tasks and gates, in the order in which they were made.
 * @param names what each placeholder stood for, those that the pattern created included.
 * @param splits in declared order, those of patterns that it uses included; so with the others.
 */
public record Expansion(
        String pattern,
        List<StepDefinition> steps,
        SortedMap<String, DocumentValue> names,
        List<Split> splits,
        List<SyncPoint> syncPoints,
        List<Loop> loops,
        List<Merge> merges,
        List<Join> joins) {
    public Expansion {
        steps = List.copyOf(steps);
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
        splits = List.copyOf(splits);
        syncPoints = List.copyOf(syncPoints);
        loops = List.copyOf(loops);
        merges = List.copyOf(merges);
        joins = List.copyOf(joins);
    }

    /** The id that stands under a name, such as {@code split_task_1_id}; empty when there is none. */
    public String id(final String name) {
        final DocumentValue value = names.get(name);
        return value == null ? "" : value.text();
    }

    /** The ids that stand under a name, such as {@code split_task_ids}. */
    public List<String> ids(final String name) {
        final DocumentValue value = names.get(name);
        return value == null || !value.isList() ? List.of() : value.toTexts();
    }

    /** The ids of all tasks that somebody has to do, in the order of the steps. */
    public List<String> taskIds() {
        return steps.stream()
                .filter(step -> PatternStep.decode(step.payload()).kind() == PatternStep.Kind.TASK)
                .map(StepDefinition::id)
                .toList();
    }

    /** As a workflow that fails with the first failure that nothing absorbs. */
    public WorkflowDefinition definition() {
        return WorkflowDefinition.of(pattern, steps);
    }
}
