package io.signalbox.kernel.pattern;

import java.util.List;

/**
 * One task becomes several that run at the same time.
 *
 * @param id of the split.
 * @param source task that has to be done before; empty for none.
 * @param tasks that it becomes, in declared order; with their ids once it was expanded.
 * @param requiredCapabilities what the agents of all of them have to be able to do.
 */
public record Split(String id, String source, List<TaskTemplate> tasks, List<String> requiredCapabilities) implements PatternSection {
    public Split {
        tasks = List.copyOf(tasks);
        requiredCapabilities = List.copyOf(requiredCapabilities);
    }

    /** The ids of its tasks. */
    public List<String> taskIds() {
        return tasks.stream().map(TaskTemplate::id).toList();
    }

    /** The same, each of its tasks for agents that can do what all of them require. */
    public Split forItsAgents() {
        return new Split(
                id,
                source,
                tasks.stream().map(task -> task.requiring(requiredCapabilities)).toList(),
                requiredCapabilities);
    }
}
