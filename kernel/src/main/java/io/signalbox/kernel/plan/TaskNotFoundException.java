package io.signalbox.kernel.plan;

import io.signalbox.kernel.context.NearestName;
import java.util.List;

/** A task depends on something that is no task of its graph. */
public final class TaskNotFoundException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int NAMES_SHOWN = 20;
    private static final int CANDIDATES_MAX = 10_000;

    private final String task;
    private final String missing;
    private final transient List<String> available;
    private final transient List<String> path;

    /**
     * @param task that depends on it.
     * @param missing what is not there.
     * @param available the tasks that are there, in declared order.
     * @param path from a task that nobody needs, down to what is missing: each needs the next.
     */
    public TaskNotFoundException(
            final String task, final String missing, final List<String> available, final List<String> path) {
        super("task '" + task + "' depends on '" + missing + "', which is not a task" + nearest(missing, available)
                + "; path: " + shown(path, " -> ") + "; tasks: " + shown(available, ", "));
        this.task = task;
        this.missing = missing;
        this.available = List.copyOf(available);
        this.path = List.copyOf(path);
    }

    private static String shown(final List<String> names, final String between) {
        return names.size() <= NAMES_SHOWN
                ? String.join(between, names)
                : String.join(between, names.subList(0, NAMES_SHOWN)) + between + "... (" + names.size() + ")";
    }

    private static String nearest(final String missing, final List<String> available) {
        return available.isEmpty() || available.size() > CANDIDATES_MAX
                ? ""
                : "; the nearest is '" + NearestName.of(missing, available) + "'";
    }

    /** The task with the dependency. */
    public String task() {
        return task;
    }

    /** What it depends on and is not there. */
    public String missing() {
        return missing;
    }

    /** The tasks that are there. */
    public List<String> available() {
        return available;
    }

    /** From a task that nobody needs, down to what is missing. */
    public List<String> path() {
        return path;
    }
}
