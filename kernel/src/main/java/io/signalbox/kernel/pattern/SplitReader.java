package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;

/** A split and its tasks; those that are repeated are written out, and each has its id, which the scope knows from here on. */
final class SplitReader {
    private static final String MAIN = "pattern";
    private static final int REPEAT_MAX = 10_000;

    private final PatternScope scope;
    private final String prefix;
    private final TaskTemplate source;

    SplitReader(final PatternScope scope, final String prefix, final TaskTemplate source) {
        this.scope = scope;
        this.prefix = prefix;
        this.source = source;
    }

    Split read(final DocumentValue main) {
        final DocumentValue targets = main.get("target_tasks");
        final SectionFields fields =
                new SectionFields(scope, scope.resolve(main.with("target_tasks", DocumentValue.NULL), MAIN), MAIN);
        final String id = prefix + fields.id("id");
        final String sourceId = fields.optionalId("source_task_id");
        final List<String> capabilities = fields.texts("required_capabilities", false);
        final List<TaskTemplate> tasks = new ArrayList<>();
        for (int i = 0; targets != null && targets.isList() && i < targets.size(); i++) {
            addTargets(targets.value(i), "pattern.target_tasks[" + i + "]", id, tasks);
        }
        if (targets == null || targets.size() == 0 || tasks.isEmpty() && scope.problems().isEmpty()) {
            scope.problem("pattern.target_tasks", PatternFault.NOTHING_TO_DO, "a split has at least one target task");
        }
        final Split split = new Split(id, sourceId, tasks, capabilities).forItsAgents();
        scope.put("split_id", id);
        scope.putAll("split_task_ids", split.taskIds());
        return split;
    }

    private void addTargets(
            final DocumentValue target, final String path, final String splitId, final List<TaskTemplate> tasks) {
        final DocumentValue repeat =
                target.get("repeat") == null ? DocumentValue.NULL : scope.resolve(target.get("repeat"), path + ".repeat");
        if (repeat.kind() == DocumentValue.Kind.NULL) {
            addTarget(target, path, splitId, tasks);
            return;
        }
        final boolean isCount = repeat.kind() == DocumentValue.Kind.LONG && repeat.asLong() >= 1;
        if (!isCount && !repeat.isList() || isCount && repeat.asLong() > REPEAT_MAX || repeat.size() > REPEAT_MAX) {
            scope.problem(path + ".repeat", PatternFault.INVALID_VALUE, "'repeat' must be a whole number from 1 to "
                    + REPEAT_MAX + " or a list of as many, got " + repeat);
            return;
        }
        final int count = isCount ? (int) repeat.asLong() : repeat.size();
        for (int i = 0; i < count; i++) {
            scope.put("index", DocumentValue.of(i));
            scope.put("number", DocumentValue.of(i + 1));
            if (!isCount) {
                scope.put("item", repeat.value(i));
            }
            addTarget(target, path, splitId, tasks);
        }
        scope.remove(PatternNames.REPEATED);
    }

    private void addTarget(
            final DocumentValue target, final String path, final String splitId, final List<TaskTemplate> tasks) {
        final SectionFields fields = new SectionFields(scope, scope.resolve(target, path), path);
        if (SectionReader.isThere(fields)) {
            final TaskTemplate task = SectionReader.task(fields, source.ofType("split_task"));
            final String name = "split_task_" + (tasks.size() + 1) + "_id";
            final String byItself = task.id().isEmpty() ? splitId + "_" + (tasks.size() + 1) : prefix + task.id();
            final String id = scope.idOf(name, byItself);
            tasks.add(task.withId(id));
            scope.put(name, id);
        }
    }
}
