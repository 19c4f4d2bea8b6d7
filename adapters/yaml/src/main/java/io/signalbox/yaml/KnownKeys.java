package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import java.util.List;
import java.util.Map;

/** Every key a workflow file may have, level by level, in the order of the manual. */
final class KnownKeys {
    static final List<String> WORKFLOW = List.of(
            "name",
            "description",
            "inputs",
            "defaults",
            "concurrency",
            "limits",
            "timeout",
            "on_error",
            "secrets",
            "stages",
            "steps",
            "outputs");
    static final List<String> INPUT = List.of("description", "type", "default");
    static final List<String> DEFAULTS = List.of("env", "timeout", "retry", "result");
    static final List<String> LIMIT = List.of("capacity", "rate", "per");
    static final List<String> STAGE = List.of("id", "needs", "when", "strategy", "timeout", "concurrency", "steps");

    /** What any step may have; which of them depends on what it is. */
    static final List<String> STEP = List.of(
            "id",
            "run",
            "approve",
            "parallel",
            "workflow",
            "inputs",
            "pattern",
            "parameters",
            "initial",
            "tasks",
            "needs",
            "when",
            "foreach",
            "strategy",
            "env",
            "timeout",
            "retry",
            "result",
            "outputs",
            "priority",
            "uses",
            "on_failure",
            "compensate",
            "recover",
            "agent",
            "role",
            "capabilities");

    static final List<String> RUN_STEP = STEP.stream()
            .filter(key -> !List.of(
                            "approve", "parallel", "workflow", "inputs", "pattern", "parameters", "initial", "tasks")
                    .contains(key))
            .toList();
    static final List<String> APPROVAL_STEP = List.of("id", "approve", "needs", "on_failure", "compensate");
    static final List<String> GROUP_STEP = List.of("id", "parallel", "needs", "when", "on_failure");
    static final List<String> CALL_STEP = List.of("id", "workflow", "inputs", "needs", "when", "timeout", "on_failure");
    static final List<String> PATTERN_STEP =
            List.of("id", "pattern", "parameters", "initial", "tasks", "needs", "when", "on_failure");
    static final List<String> TASK = List.of("run", "env", "timeout", "retry", "result");
    static final List<String> APPROVAL = List.of("message", "timeout");
    static final List<String> GROUP = List.of("strategy", "required", "quality_min", "cancel", "timeout", "steps");
    static final List<String> STRATEGY = List.of("rule", "required", "quality_min", "cancel", "timeout");
    static final List<String> COMPENSATE = List.of("run", "env", "timeout", "retry");
    static final List<String> RECOVER = List.of("on", "alternatives", "degrade", "escalate");
    static final List<String> ALTERNATIVE = List.of("run", "env");
    static final List<String> DEGRADE = List.of("levels", "result");
    static final List<String> RULE = List.of("error", "exit", "try", "retries", "correct");
    static final List<String> CORRECT = List.of("run", "check");
    static final List<String> RETRY = List.of("max", "backoff", "factor", "max_backoff", "jitter");

    /** Words from elsewhere that no edit distance leads to ours. */
    private static final Map<String, String> HABITS = Map.ofEntries(
            Map.entry("jobs", "steps"),
            Map.entry("tasks", "steps"),
            Map.entry("if", "when"),
            Map.entry("matrix", "foreach"),
            Map.entry("for_each", "foreach"),
            Map.entry("depends_on", "needs"),
            Map.entry("dependsOn", "needs"),
            Map.entry("after", "needs"),
            Map.entry("command", "run"),
            Map.entry("cmd", "run"),
            Map.entry("script", "run"),
            Map.entry("name", "id"),
            Map.entry("timeout-minutes", "timeout"),
            Map.entry("retries", "retry"),
            Map.entry("environment", "env"),
            Map.entry("max_attempts", "max"),
            Map.entry("attempts", "max"),
            Map.entry("parallelism", "concurrency"),
            Map.entry("max-parallel", "concurrency"),
            Map.entry("max_parallel", "concurrency"),
            Map.entry("approval", "approve"),
            Map.entry("rollback", "compensate"),
            Map.entry("undo", "compensate"),
            Map.entry("resources", "limits"),
            Map.entry("phases", "stages"),
            Map.entry("on_fail", "on_failure"));

    private KnownKeys() {}

    /** The nearest known key, or all of them. */
    static String hint(final String key, final List<String> known) {
        if (key.equals("required") && known.equals(INPUT)) {
            return "; an input without 'default' is required";
        }
        final String habit = HABITS.get(key);
        if (habit != null && known.contains(habit)) {
            return "; did you mean '" + habit + "'?";
        }
        final String nearest = NearestName.hint(key, known);
        return nearest.isEmpty() ? "; known keys are " + String.join(", ", known) : nearest;
    }
}
