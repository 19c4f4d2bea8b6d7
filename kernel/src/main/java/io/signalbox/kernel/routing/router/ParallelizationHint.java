package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.Opinion;
import java.util.List;

/**
 * A group of tasks that may run side by side.
 *
 * @param taskGroup 1 to {@link Opinion#TASKS_MAX} tasks.
 * @param dependencies tasks that must have ended before any of the group.
 * @param estimatedDurationMs of the group, 0 or more.
 * @param needs of tasks of the group; one that is not named here has none.
 */
public record ParallelizationHint(
        List<String> taskGroup, List<String> dependencies, long estimatedDurationMs, List<TaskNeeds> needs) {
    public ParallelizationHint {
        taskGroup = Checks.names("taskGroup", 1, Opinion.TASKS_MAX, taskGroup);
        dependencies = Checks.names("dependencies of a hint", 0, Opinion.TASKS_MAX, dependencies);
        Checks.notNegative("estimatedDurationMs", estimatedDurationMs);
        Checks.names(
                "the needs of a hint",
                0,
                Opinion.TASKS_MAX,
                needs.stream().map(TaskNeeds::task).toList());
        for (final TaskNeeds each : needs) {
            if (!taskGroup.contains(each.task())) {
                throw new InvalidRouterException(
                        "the hint tells the needs of '" + each.task() + "', which is not in its group");
            }
        }
        needs = List.copyOf(needs);
    }

    /** Tasks that depend on nothing. */
    public static ParallelizationHint of(final String... tasks) {
        return new ParallelizationHint(List.of(tasks), List.of(), 0, List.of());
    }

    /** With tasks that must have ended before. */
    public ParallelizationHint withDependencies(final String... tasks) {
        return new ParallelizationHint(taskGroup, List.of(tasks), estimatedDurationMs, needs);
    }

    /** With an estimate. */
    public ParallelizationHint withEstimatedDurationMs(final long durationMs) {
        return new ParallelizationHint(taskGroup, dependencies, durationMs, needs);
    }

    /** With what its tasks touch and take. */
    public ParallelizationHint withNeeds(final TaskNeeds... newNeeds) {
        return new ParallelizationHint(taskGroup, dependencies, estimatedDurationMs, List.of(newNeeds));
    }

    /** The needs of a task, null when it has none. */
    TaskNeeds needsOf(final String task) {
        for (int i = 0; i < needs.size(); i++) {
            if (needs.get(i).task().equals(task)) {
                return needs.get(i);
            }
        }
        return null;
    }
}
