package io.signalbox.kernel.facade.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a schedule.
 *
 * @param executionId names the execution, unique in its kernel.
 * @param status completed when every task has succeeded or had nothing to do, failed when one failed, cancelled when it was stopped.
 * @param isCompensated whether what had succeeded was undone.
 * @param tasks by id, in the order in which they were added.
 * @param waves for show.
 * @param totalDurationMs from start to end, by kernel time.
 */
public record ScheduleResult(
        String executionId,
        WorkflowStatus status,
        boolean isCompensated,
        Map<String, WorkflowStepResult> tasks,
        List<ExecutionWave> waves,
        double totalDurationMs) {
    public ScheduleResult {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        waves = List.copyOf(waves);
    }

    /** Whether every task has succeeded or had nothing to do. */
    public boolean isSuccess() {
        return status == WorkflowStatus.COMPLETED;
    }

    /** Number of tasks. */
    public int totalTasks() {
        return tasks.size();
    }

    /** Tasks that have succeeded. */
    public int successfulTasks() {
        return count(WorkflowStatus.COMPLETED);
    }

    /** Tasks that have failed. */
    public int failedTasks() {
        return count(WorkflowStatus.FAILED);
    }

    /** Tasks that were not run, because something that they depend on has not succeeded, or because they said so. */
    public int skippedTasks() {
        return count(WorkflowStatus.SKIPPED);
    }

    private int count(final WorkflowStatus wanted) {
        return (int)
                tasks.values().stream().filter(task -> task.status() == wanted).count();
    }

    /** Share of the tasks that have succeeded; 1 when there was none. */
    public double successRate() {
        return tasks.isEmpty() ? 1 : (double) successfulTasks() / totalTasks();
    }

    /** The times of all tasks, added. */
    public double sequentialDurationMs() {
        return tasks.values().stream()
                .mapToDouble(WorkflowStepResult::durationMs)
                .sum();
    }

    /** The times of all tasks, added, by the time that it took; 1 when it took none. */
    public double speedupRatio() {
        return totalDurationMs == 0 ? 1 : sequentialDurationMs() / totalDurationMs;
    }

    /** What the tasks have produced that have succeeded. */
    public Map<String, Object> taskResults() {
        final Map<String, Object> results = new LinkedHashMap<>();
        tasks.forEach((id, task) -> {
            if (task.isSuccess()) {
                results.put(id, task.result());
            }
        });
        return results;
    }

    /** Why the tasks have not succeeded that have not: failures, and those that depend on them. */
    public Map<String, String> taskErrors() {
        final Map<String, String> errors = new LinkedHashMap<>();
        tasks.forEach((id, task) -> {
            if (!task.isSuccess()) {
                errors.put(id, task.error());
            }
        });
        return errors;
    }

    /** The document of the older engine: {@code execution_summary}, {@code performance_metrics}, {@code workflow_results}, {@code errors}. */
    public Map<String, Object> document() {
        final Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "execution_summary",
                Map.of(
                        "total_steps", totalTasks(),
                        "successful_steps", successfulTasks(),
                        "failed_steps", failedTasks(),
                        "skipped_steps", skippedTasks(),
                        "success_rate", successRate()));
        document.put(
                "performance_metrics",
                Map.of(
                        "total_duration_ms", totalDurationMs,
                        "sequential_duration_ms", sequentialDurationMs(),
                        "speedup_ratio", speedupRatio()));
        document.put("workflow_results", taskResults());
        document.put("errors", taskErrors());
        return document;
    }
}
