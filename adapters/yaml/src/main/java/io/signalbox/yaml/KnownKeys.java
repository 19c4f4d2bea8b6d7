package io.signalbox.yaml;

import java.util.List;
import java.util.Map;

/** Every key a workflow file may have, level by level, in the order of the manual. */
final class KnownKeys {
    static final List<String> WORKFLOW =
            List.of("name", "description", "inputs", "defaults", "concurrency", "on_error", "secrets", "steps");
    static final List<String> INPUT = List.of("description", "type", "default");
    static final List<String> DEFAULTS = List.of("env", "timeout", "retry", "result");
    static final List<String> STEP =
            List.of("id", "run", "needs", "when", "foreach", "env", "timeout", "retry", "result", "outputs");
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
            Map.entry("max-parallel", "concurrency"));

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
