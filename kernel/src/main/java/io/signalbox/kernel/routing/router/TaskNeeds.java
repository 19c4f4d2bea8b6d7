package io.signalbox.kernel.routing.router;

import java.util.List;

/**
 * What one task of a group touches and takes, from which its independence of others follows. Two tasks are independent when neither
 * comes after the other, neither writes what the other reads or writes, and what both take together is there.
 *
 * @param task whose needs these are.
 * @param after tasks that must have ended before.
 * @param reads what it reads, by names of the caller's choice.
 * @param writes what it writes.
 * @param resources names of resources of which it takes one unit each; named twice it takes two.
 */
public record TaskNeeds(
        String task, List<String> after, List<String> reads, List<String> writes, List<String> resources) {
    /** Most entries of one list. */
    public static final int ENTRIES_MAX = 64;

    public TaskNeeds {
        Checks.name("the task of some needs", task);
        final String whose = " of task '" + task + "'";
        after = Checks.names("after" + whose, 0, ENTRIES_MAX, after);
        reads = Checks.names("reads" + whose, 0, ENTRIES_MAX, reads);
        writes = Checks.names("writes" + whose, 0, ENTRIES_MAX, writes);
        Checks.inRange("the number of resources" + whose, resources.size(), 0, ENTRIES_MAX);
        resources.forEach(resource -> Checks.name("a resource" + whose, resource));
        resources = List.copyOf(resources);
        if (after.contains(task)) {
            throw new InvalidRouterException("task '" + task + "' cannot come after itself");
        }
    }

    /** A task without needs. */
    public static TaskNeeds of(final String task) {
        return new TaskNeeds(task, List.of(), List.of(), List.of(), List.of());
    }

    /** That comes after others. */
    public TaskNeeds after(final String... tasks) {
        return new TaskNeeds(task, List.of(tasks), reads, writes, resources);
    }

    /** That reads something. */
    public TaskNeeds reads(final String... names) {
        return new TaskNeeds(task, after, List.of(names), writes, resources);
    }

    /** That writes something. */
    public TaskNeeds writes(final String... names) {
        return new TaskNeeds(task, after, reads, List.of(names), resources);
    }

    /** That takes units of resources. */
    public TaskNeeds takes(final String... units) {
        return new TaskNeeds(task, after, reads, writes, List.of(units));
    }

    /** Whether the two may run side by side, resources apart. */
    boolean isIndependentOf(final TaskNeeds other) {
        return !after.contains(other.task)
                && !other.after.contains(task)
                && !meet(writes, other.writes)
                && !meet(writes, other.reads)
                && !meet(reads, other.writes);
    }

    private static boolean meet(final List<String> some, final List<String> others) {
        for (int i = 0; i < some.size(); i++) {
            if (others.contains(some.get(i))) {
                return true;
            }
        }
        return false;
    }
}
