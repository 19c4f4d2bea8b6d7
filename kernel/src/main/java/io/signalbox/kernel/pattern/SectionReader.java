package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.workflow.Superfluous;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The sections of a pattern, their placeholders replaced, as values. */
final class SectionReader {
    private static final int ROUNDS_MAX = 100;
    private static final int RETRIES_MAX = 1000;
    private static final String STRATEGY = "merge_strategy";
    private static final String FUNCTION = "custom_merge_fn";

    private SectionReader() {}

    /** A task; what it does not say is taken from the one before it. */
    static TaskTemplate task(final SectionFields fields, final TaskTemplate otherwise) {
        final String said = fields.text("priority");
        final TaskPriority priority = said.isEmpty() ? otherwise.priority() : TaskPriority.named(said);
        if (priority == null) {
            final List<String> known =
                    Arrays.stream(TaskPriority.values()).map(TaskPriority::name).toList();
            fields.problem("priority", PatternFault.INVALID_VALUE, "'priority' must be one of "
                    + String.join(", ", known) + ", got '" + said + "'" + PatternNames.hint(said, known));
        }
        final String phase = fields.text("phase_id");
        final String type = fields.text("task_type");
        final DocumentValue input = fields.get("input");
        if (input != null && !input.isMap()) {
            fields.problem("input", PatternFault.INVALID_VALUE, "'input' must be a mapping, got " + input);
        }
        return new TaskTemplate(
                fields.optionalId("id"),
                type.isEmpty() ? otherwise.taskType() : type,
                phase.isEmpty() ? otherwise.phaseId() : phase,
                fields.text("description"),
                priority == null ? TaskPriority.MEDIUM : priority,
                fields.texts("required_capabilities", false),
                fields.text("agent"),
                fields.text("role"),
                fields.seconds("timeout_seconds"),
                fields.wholeNumber("max_retries", 0, RETRIES_MAX, 0),
                condition(fields, "when", false),
                input == null || !input.isMap() ? DocumentValue.EMPTY_MAP : input);
    }

    /** The task that a section describes; what it does not say is taken from the source. */
    static TaskTemplate part(
            final SectionFields fields, final String name, final String taskType, final TaskTemplate source) {
        final DocumentValue task = fields.get(name);
        if (task == null) {
            fields.problem(name, PatternFault.MISSING_VALUE, "'" + fields.path() + "' has no '" + name + "'");
            return TaskTemplate.of(taskType);
        }
        return task(new SectionFields(fields.scope(), task, fields.at(name)), source.ofType(taskType));
    }

    /** Whether a task is there at all: {@code when} may be a plain truth value. */
    static boolean isThere(final SectionFields fields) {
        final DocumentValue when = fields.get("when");
        return when == null || when.kind() != DocumentValue.Kind.BOOLEAN || when.isTrue();
    }

    /** A condition; null when there is none. */
    static Condition condition(final SectionFields fields, final String name, final boolean isOfTheLoop) {
        final DocumentValue value = fields.get(name);
        if (value == null || value.kind() == DocumentValue.Kind.BOOLEAN) {
            return null;
        }
        final long operators = Condition.operators().stream()
                .filter(word -> value.get(word) != null)
                .count();
        if (!value.isMap() || operators != 1 || value.textOf("task").isEmpty() != isOfTheLoop) {
            fields.problem(name, PatternFault.INVALID_VALUE, "'" + name + "' must be a mapping with '"
                    + (isOfTheLoop ? "" : "task' and '") + "field' and one of "
                    + String.join(", ", Condition.operators()) + (isOfTheLoop ? "" : ", or true or false") + ", got " + value);
            return null;
        }
        for (int i = 0; i < value.size(); i++) {
            if (!PatternKeys.CONDITION.contains(value.name(i))) {
                fields.problem(name + "." + value.name(i), PatternFault.UNKNOWN_KEY, "unknown key '" + value.name(i)
                        + "' in '" + name + "'" + PatternNames.hint(value.name(i), PatternKeys.CONDITION));
            }
        }
        return Condition.of(value);
    }

    static SyncPoint syncPoint(final SectionFields fields, final String prefix) {
        final List<String> waiting = fields.texts("waiting_task_ids", true);
        final int said = fields.wholeNumber("required_count", 0, Integer.MAX_VALUE, 0);
        if (said > waiting.size()) {
            fields.problem("required_count", PatternFault.TOO_MANY_REQUIRED, "'required_count' is " + said
                    + ", but '" + fields.path() + "' waits for " + waiting.size() + " tasks");
        }
        return new SyncPoint(
                prefix + fields.id("id"),
                waiting,
                said == 0 || said > waiting.size() ? Math.max(1, waiting.size()) : said,
                fields.seconds("timeout_seconds"),
                superfluous(fields, Superfluous.LEAVE));
    }

    static Merge merge(final SectionFields fields, final String prefix) {
        final MergeStrategy strategy = strategy(fields, MergeStrategy.COMBINE);
        return new Merge(
                prefix + fields.id("id"), fields.texts("source_task_ids", true), strategy, function(fields, strategy));
    }

    /** Sources that no longer matter are cancelled, unless it says otherwise or something else waits for them. */
    static Join join(
            final SectionFields fields,
            final String prefix,
            final TaskTemplate continuation,
            final Predicate<String> isWaitedFor) {
        final MergeStrategy strategy = strategy(fields, MergeStrategy.ALL);
        final List<String> sources = fields.texts("source_task_ids", true);
        final boolean cancels = (strategy == MergeStrategy.FIRST || strategy == MergeStrategy.MAJORITY)
                && sources.stream().noneMatch(isWaitedFor);
        return new Join(
                prefix + fields.id("id"),
                sources,
                continuation,
                strategy,
                function(fields, strategy),
                fields.seconds("timeout_seconds"),
                superfluous(fields, cancels ? Superfluous.CANCEL : Superfluous.LEAVE));
    }

    static Loop loop(final SectionFields fields, final String prefix, final TaskTemplate source) {
        final Condition until = condition(fields, "until", true);
        if (until == null && fields.get("until") == null) {
            fields.problem("until", PatternFault.MISSING_VALUE, "'" + fields.path()
                    + "' has no 'until'; say what a review has to say, as in '{field: approved, equals: true}'");
        }
        return new Loop(
                prefix + fields.id("id"),
                fields.texts("source_task_ids", true),
                part(fields, "review_task", "review_task", source),
                part(fields, "refine_task", "refine_task", source),
                fields.wholeNumber("rounds_max", 1, ROUNDS_MAX, 1),
                until,
                fields.choice("on_exhausted", List.of("fail", "continue"), "fail").equals("fail"));
    }

    private static MergeStrategy strategy(final SectionFields fields, final MergeStrategy byDefault) {
        final String word = fields.text(STRATEGY);
        final MergeStrategy strategy = word.isEmpty() ? byDefault : MergeStrategy.named(word);
        if (strategy == null) {
            fields.problem(STRATEGY, PatternFault.UNKNOWN_STRATEGY, "'merge_strategy' must be one of "
                    + String.join(", ", MergeStrategy.words()) + ", got '" + word + "'"
                    + PatternNames.hint(word, MergeStrategy.words()));
            return byDefault;
        }
        return strategy;
    }

    private static String function(final SectionFields fields, final MergeStrategy strategy) {
        final String function = fields.text(FUNCTION);
        if (function.isEmpty() == (strategy == MergeStrategy.CUSTOM)) {
            fields.problem(FUNCTION, PatternFault.MISSING_VALUE, function.isEmpty()
                    ? "a custom merge needs 'custom_merge_fn', the name of a registered function"
                    : "'custom_merge_fn' is for 'merge_strategy: custom' alone");
        }
        return function;
    }

    private static Superfluous superfluous(final SectionFields fields, final Superfluous byDefault) {
        final String word = fields.choice("superfluous", List.of("cancel", "await", "leave"), "");
        return switch (word) {
            case "cancel" -> Superfluous.CANCEL;
            case "await" -> Superfluous.AWAIT;
            case "leave" -> Superfluous.LEAVE;
            default -> byDefault;
        };
    }
}
