package io.signalbox.kernel.board;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.board.BoardException.Reason;
import io.signalbox.kernel.board.CoordinationEvents.Event;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.ReadyScoring;
import io.signalbox.kernel.pattern.ReadyScoring.Candidate;
import io.signalbox.kernel.pattern.TaskTemplate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The tasks of a coordination, made one by one while others run: what each needs, who does it, what came of it. A completed task is a completed agent of its
 * coordination, so whoever waits for it goes on: sync points, dependencies. Kept in the state of the coordination; a board may be made anew at any time, several may
 * serve one coordination. Any thread. For tasks whose whole course is known at the start a workflow is faster.
 */
public final class TaskBoard {
    private final BoardStore store;
    private final Coordination coordination;
    private final ReadyScoring scoring;
    private final LongSupplier nowNs;

    TaskBoard(final BoardStore store, final ReadyScoring scoring, final LongSupplier nowNs) {
        this.store = store;
        this.coordination = store.coordination();
        this.scoring = scoring;
        this.nowNs = nowNs;
    }

    long nowNs() {
        return nowNs.getAsLong();
    }

    // ------------------------------------------------------------------ making

    /** A task that needs others to be completed first. */
    public BoardTask enqueue(final TaskTemplate task, final String... dependsOn) {
        return enqueue(List.of(task), List.of(dependsOn), null).get(0);
    }

    /**
     * Tasks that need others to be completed first; all are made or none.
     *
     * @throws BoardException UNKNOWN_TASK when one that is needed is not there, DUPLICATE_ID, NOTHING_TO_DO.
     */
    public List<BoardTask> enqueue(final List<TaskTemplate> tasks, final List<String> dependsOn) {
        return enqueue(tasks, dependsOn, null);
    }

    /** @param event tells of it, or null. */
    List<BoardTask> enqueue(final List<TaskTemplate> tasks, final List<String> dependsOn, final Event event) {
        if (tasks.isEmpty()) {
            throw new BoardException(Reason.NOTHING_TO_DO, "no task was named");
        }
        dependsOn.forEach(store::required);
        final BoardStore.Changes changes = store.changes();
        final List<BoardTask> made = new ArrayList<>();
        final Set<String> ids = new LinkedHashSet<>();
        for (final TaskTemplate task : tasks) {
            checkNew(task.id(), ids);
            final BoardTask one = newTask(task, dependsOn, made.size());
            made.add(one);
            changes.task(one, 0);
        }
        if (event != null) {
            changes.tell(event);
        }
        if (!changes.apply()) {
            throw new BoardException(Reason.DUPLICATE_ID, "one of these tasks is there already: " + ids);
        }
        return made;
    }

    BoardTask newTask(final TaskTemplate task, final List<String> dependsOn, final int index) {
        return BoardTask.of(
                task, dependsOn, nowNs.getAsLong(), coordination.state().size() + index);
    }

    private void checkNew(final String id, final Set<String> ids) {
        if (id.isEmpty() || !ids.add(id) || store.task(id) != null) {
            throw new BoardException(
                    Reason.DUPLICATE_ID,
                    id.isEmpty() ? "a task needs an id" : "there is a task '" + id + "' already; ids are unique");
        }
    }

    // ------------------------------------------------------------------ looking

    /** The task of an id, or null. */
    public BoardTask task(final String id) {
        final BoardStore.Seen<BoardTask> seen = store.task(id);
        return seen == null ? null : seen.value();
    }

    /** All tasks in the order in which they were made. */
    public List<BoardTask> tasks() {
        return store.tasks();
    }

    /**
     * Tasks that nobody has begun and that wait for nothing, best first; see {@link ReadyScoring}.
     *
     * @param limit how many at most.
     */
    public List<BoardTask> ready(final int limit) {
        final Map<String, BoardTask> all = byId();
        final Map<String, Integer> blocked = new HashMap<>();
        all.values().forEach(task -> task.dependsOn().forEach(id -> blocked.merge(id, 1, Integer::sum)));
        final List<Candidate> candidates = new ArrayList<>();
        for (final BoardTask task : all.values()) {
            if (task.status() == TaskStatus.PENDING && waitsFor(task).isEmpty()) {
                candidates.add(candidate(task, blocked.getOrDefault(task.id(), 0)));
            }
        }
        return scoring.inOrder(candidates, limit).stream().map(all::get).toList();
    }

    private Candidate candidate(final BoardTask task, final int blocked) {
        final long now = nowNs.getAsLong();
        final long left = task.deadlineNs() == Long.MAX_VALUE ? Long.MAX_VALUE : task.deadlineNs() - now;
        return new Candidate(
                task.id(), task.priority(), now - task.createdNs(), left, blocked, task.retries(), task.retriesMax());
    }

    private Map<String, BoardTask> byId() {
        final Map<String, BoardTask> byId = new LinkedHashMap<>();
        tasks().forEach(task -> byId.put(task.id(), task));
        return byId;
    }

    /** Whether everything that a task depends on is there. */
    public boolean areDependenciesComplete(final String id) {
        return waitsFor(store.required(id)).isEmpty();
    }

    /** The tasks and joins that a task still waits for. */
    public List<String> waitsFor(final String id) {
        return waitsFor(store.required(id));
    }

    private List<String> waitsFor(final BoardTask task) {
        final List<String> waits = new ArrayList<>();
        for (final String need : task.needs()) {
            if (store.required(need).status() != TaskStatus.COMPLETED) {
                waits.add(need);
            }
        }
        for (final String join : task.continues()) {
            final BoardStore.Seen<PendingJoin> seen = store.join(join);
            if (seen != null && !seen.value().state().equals(PendingJoin.DONE)) {
                waits.add(join);
            }
        }
        return waits;
    }

    /** The tasks that depend on one, in the order in which they were made. */
    public List<BoardTask> blockedBy(final String id) {
        return tasks().stream().filter(task -> task.dependsOn().contains(id)).toList();
    }

    /**
     * Whether tasks would depend on each other in a circle if one depended on others too.
     *
     * @return the circle, from the task back to itself; empty when there would be none.
     */
    public List<String> circleWith(final String id, final List<String> dependsOn) {
        for (final String other : dependsOn) {
            final List<String> path = path(other, id);
            if (!path.isEmpty()) {
                final List<String> circle = new ArrayList<>(List.of(id));
                circle.addAll(path);
                return circle;
            }
        }
        return List.of();
    }

    /** How one task depends on another; empty when it does not. */
    private List<String> path(final String from, final String to) {
        final Map<String, String> cameFrom = new HashMap<>();
        final Deque<String> open = new ArrayDeque<>(List.of(from));
        cameFrom.put(from, "");
        while (!open.isEmpty()) {
            final String at = open.removeFirst();
            if (at.equals(to)) {
                final List<String> path = new ArrayList<>();
                for (String step = at; !step.isEmpty(); step = cameFrom.get(step)) {
                    path.add(step);
                }
                Collections.reverse(path);
                return path;
            }
            final BoardTask task = task(at);
            for (final String next : task == null ? List.<String>of() : task.dependsOn()) {
                if (cameFrom.putIfAbsent(next, at) == null) {
                    open.addLast(next);
                }
            }
        }
        return List.of();
    }

    // ------------------------------------------------------------------ changing

    /**
     * A task needs others too.
     *
     * @throws BoardException UNKNOWN_TASK, CIRCULAR_DEPENDENCIES, ALREADY_ENDED.
     */
    public BoardTask addDependencies(final String id, final List<String> dependsOn) {
        dependsOn.forEach(store::required);
        final List<String> circle = circleWith(id, dependsOn);
        if (!circle.isEmpty()) {
            throw new BoardException(
                    Reason.CIRCULAR_DEPENDENCIES, "tasks would need each other: " + String.join(" -> ", circle));
        }
        return store.change(id, task -> {
            refuseEnded(task);
            return task.adding("depends_on", dependsOn);
        });
    }

    /** An agent begins a task; false when it waits for others, was begun or has ended. */
    public boolean claim(final String id, final String agent) {
        final boolean[] isMine = {false};
        store.change(id, task -> {
            isMine[0] = task.status() == TaskStatus.PENDING && waitsFor(task).isEmpty();
            return isMine[0] ? task.with("status", TaskStatus.RUNNING.name()).with("agent", agent) : null;
        });
        return isMine[0];
    }

    /** A task that somebody has begun is offered again. */
    public BoardTask release(final String id) {
        return store.change(
                id,
                task -> task.status() == TaskStatus.RUNNING
                        ? task.with("status", TaskStatus.PENDING.name())
                                .with("agent", "")
                                .with("retries", task.retries() + 1)
                        : null);
    }

    /** A task should be done by a time, by kernel time. */
    public BoardTask setDeadlineNs(final String id, final long deadlineNs) {
        return store.change(id, task -> task.with("deadline_ns", deadlineNs));
    }

    /** The task with its result; said again is harmless. Its joins are the service's. */
    BoardTask completed(final String id, final DocumentValue result) {
        final BoardTask completed = store.change(id, task -> {
            if (task.status() == TaskStatus.COMPLETED && task.result().equals(result)) {
                return null;
            }
            refuseEnded(task);
            return task.with("status", TaskStatus.COMPLETED.name())
                    .with("result", result)
                    .with("completed_at", coordination.state().version() + 1);
        });
        sayEnded(completed);
        return completed;
    }

    /** The task given up, or no longer possible. */
    BoardTask lost(final String id, final TaskStatus status, final String error) {
        final BoardTask lost = store.change(id, task -> {
            if (task.status().isLost()) {
                return null;
            }
            refuseEnded(task);
            return task.with("status", status.name()).with("error", error);
        });
        sayEnded(lost);
        return lost;
    }

    /** Who waits for a task that has ended is told, unless that was done. */
    void sayEnded(final BoardTask task) {
        if (!coordination.signals().hasCompleted(task.id(), true)) {
            (task.status().isLost()
                            ? coordination.fail(task.id(), task.error())
                            : coordination.complete(task.id(), task.description()))
                    .orThrow();
        }
    }

    private static void refuseEnded(final BoardTask task) {
        if (task.status().hasEnded()) {
            throw new BoardException(
                    Reason.ALREADY_ENDED, "task '" + task.id() + "' has ended already: " + task.status());
        }
    }
}
