package io.signalbox.kernel.pattern;

import java.util.ArrayList;
import java.util.List;

/** The keys that a pattern file may have, level by level, in the order of the manual. */
public final class PatternKeys {
    public static final List<String> PATTERN_FILE = List.of(
            "name", "description", "parameters", "pattern", "uses", "sync_points", "loop", "merge", "join");
    public static final List<String> PARAMETER = List.of("description", "type", "default");
    public static final List<String> TYPES = List.of("split", "sync", "join", "merge", "loop");
    public static final List<String> SPLIT =
            List.of("type", "id", "source_task_id", "target_tasks", "required_capabilities");
    public static final List<String> TASK = List.of(
            "id",
            "phase_id",
            "task_type",
            "description",
            "priority",
            "required_capabilities",
            "agent",
            "role",
            "timeout_seconds",
            "max_retries",
            "when",
            "input");
    public static final List<String> TARGET_TASK = List.of(
            "id",
            "phase_id",
            "task_type",
            "description",
            "priority",
            "required_capabilities",
            "agent",
            "role",
            "timeout_seconds",
            "max_retries",
            "when",
            "input",
            "repeat");
    public static final List<String> SYNC_POINT =
            List.of("id", "waiting_task_ids", "required_count", "timeout_seconds", "superfluous");
    public static final List<String> USE = List.of("id", "pattern", "parameters");
    public static final List<String> LOOP = List.of(
            "id", "source_task_ids", "review_task", "refine_task", "rounds_max", "until", "on_exhausted");
    public static final List<String> MERGE = List.of("id", "source_task_ids", "merge_strategy", "custom_merge_fn");
    public static final List<String> JOIN = List.of(
            "id",
            "source_task_ids",
            "continuation_task",
            "merge_strategy",
            "custom_merge_fn",
            "timeout_seconds",
            "superfluous");
    /** Of a condition on a result; one of the last five, which is how it is compared. */
    public static final List<String> CONDITION =
            List.of("task", "field", "equals", "not_equals", "at_least", "at_most", "exists");

    /** What can make something. */
    static final List<String> SECTIONS = List.of("pattern", "uses", "sync_points", "loop", "merge", "join");

    static final List<String> TASK_SECTIONS = List.of("continuation_task", "review_task", "refine_task");

    private PatternKeys() {}

    /** The keys of the main section of a type, or null. */
    static List<String> ofType(final String type) {
        return switch (type) {
            case "split" -> SPLIT;
            case "sync" -> withType(SYNC_POINT);
            case "join" -> withType(JOIN);
            case "merge" -> withType(MERGE);
            case "loop" -> withType(LOOP);
            default -> null;
        };
    }

    private static List<String> withType(final List<String> keys) {
        final List<String> all = new ArrayList<>(List.of("type"));
        all.addAll(keys);
        return all;
    }
}
