package io.signalbox.kernel.facade.workflow;

import java.util.List;

/**
 * Tasks at the same distance from the beginning, for show: none of them waits for a wave.
 *
 * @param number from 1.
 * @param taskIds in the order in which they were added.
 * @param status pending until one of its tasks begins, completed when all have, failed when one has.
 */
public record ExecutionWave(int number, List<String> taskIds, WorkflowStatus status) {
    public ExecutionWave {
        taskIds = List.copyOf(taskIds);
    }

    /** How many tasks it has. */
    public int taskCount() {
        return taskIds.size();
    }
}
