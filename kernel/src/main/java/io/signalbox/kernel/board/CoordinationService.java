package io.signalbox.kernel.board;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.Listening;
import io.signalbox.kernel.Receipt;
import io.signalbox.kernel.Start;
import io.signalbox.kernel.board.BoardException.Reason;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.InvalidPatternException;
import io.signalbox.kernel.pattern.Join;
import io.signalbox.kernel.pattern.Loop;
import io.signalbox.kernel.pattern.Merge;
import io.signalbox.kernel.pattern.MergeStrategy;
import io.signalbox.kernel.pattern.Merged;
import io.signalbox.kernel.pattern.PatternSection;
import io.signalbox.kernel.pattern.Patterns;
import io.signalbox.kernel.pattern.ReadyScoring;
import io.signalbox.kernel.pattern.SourceResult;
import io.signalbox.kernel.pattern.Split;
import io.signalbox.kernel.pattern.SyncPoint;
import io.signalbox.kernel.pattern.TaskTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * Split, join, merge and meet, one by one, in the words of the guides: over the {@link TaskBoard} of a coordination. Any thread. Everything about them is
 * in the state of the coordination; a service that is made anew, after a crash too, first goes on with what another has begun and not ended.
 *
 * <pre>{@code
 * CoordinationService service = new CoordinationService(kernel, kernel.coordination("ticket-123"));
 * List<BoardTask> modules = service.splitTask("modules", "design", List.of(TaskTemplate.of("implement_a"), TaskTemplate.of("implement_b")));
 * BoardTask integrate = service.joinTasks("integration", List.of("modules_1", "modules_2"), TaskTemplate.of("integrate"), MergeStrategy.ALL);
 * }</pre>
 */
public final class CoordinationService {
    private static final String SPLIT_TASK = "split_task";

    private final Kernel kernel;
    private final Coordination coordination;
    private final BoardStore store;
    private final TaskBoard board;
    private final Synthesis synthesis;
    private final MergeFunctions functions;

    /** Over the tasks of a coordination, without functions that merge. */
    public CoordinationService(final Kernel kernel, final Coordination coordination) {
        this(kernel, coordination, new MergeFunctions(), ReadyScoring.STANDARD);
    }

    /** Over the tasks of a coordination. */
    public CoordinationService(
            final Kernel kernel,
            final Coordination coordination,
            final MergeFunctions functions,
            final ReadyScoring scoring) {
        this.kernel = kernel;
        this.coordination = coordination;
        this.functions = functions;
        store = new BoardStore(coordination);
        board = new TaskBoard(store, scoring, kernel::nowNs);
        synthesis = new Synthesis(store, board, functions);
        synthesis.resume();
    }

    /** The tasks. */
    public TaskBoard board() {
        return board;
    }

    // ------------------------------------------------------------------ sync points

    /** As {@link #createSyncPoint(String, List, int, Duration)}: all, without a limit of time. */
    public Receipt createSyncPoint(final String syncId, final List<String> waitingTaskIds) {
        return coordination.sync().createSyncPoint(syncId, waitingTaskIds);
    }

    /**
     * A place where work waits until enough tasks have been completed.
     *
     * @param requiredCount 0 for all.
     */
    public Receipt createSyncPoint(
            final String syncId, final List<String> waitingTaskIds, final int requiredCount, final Duration timeout) {
        return coordination.sync().createSyncPoint(syncId, waitingTaskIds, requiredCount, timeout);
    }

    /** Whether enough tasks have been completed; false also when there is no such place. */
    public boolean checkSyncPointReady(final String syncId) {
        return coordination.sync().checkSyncPointReady(syncId);
    }

    // ------------------------------------------------------------------ split

    /** As {@link #splitTask(String, String, List, List)}, for agents of any capability. */
    public List<BoardTask> splitTask(
            final String splitId, final String sourceTaskId, final List<TaskTemplate> targetTasks) {
        return splitTask(splitId, sourceTaskId, targetTasks, List.of());
    }

    /**
     * One task becomes several that depend on it; all are made or none. Their ids are their own, else that of the split with a number from 1 behind it.
     *
     * @throws BoardException UNKNOWN_TASK when there is no such source, NOTHING_TO_DO, DUPLICATE_ID.
     */
    public List<BoardTask> splitTask(
            final String splitId,
            final String sourceTaskId,
            final List<TaskTemplate> targetTasks,
            final List<String> requiredCapabilities) {
        required(List.of(sourceTaskId), "Source task not found: ");
        final List<TaskTemplate> named = new ArrayList<>();
        for (final TaskTemplate task : targetTasks) {
            named.add(task.id().isEmpty() ? task.withId(splitId + "_" + (named.size() + 1)) : task);
        }
        final Split split = new Split(splitId, sourceTaskId, named, requiredCapabilities).forItsAgents();
        return board.enqueue(split.tasks(), List.of(sourceTaskId), CoordinationEvents.splitCreated(split));
    }

    // ------------------------------------------------------------------ join

    /** As {@link #joinTasks(String, List, TaskTemplate, MergeStrategy, String)}, without a function. */
    public BoardTask joinTasks(
            final String joinId,
            final List<String> sourceTaskIds,
            final TaskTemplate continuationTask,
            final MergeStrategy strategy) {
        return joinTasks(joinId, sourceTaskIds, continuationTask, strategy, "");
    }

    /**
     * Several tasks lead to one, which gets their results together. When so many have failed that enough can no longer be completed, it is cancelled.
     *
     * @throws BoardException UNKNOWN_TASK, DUPLICATE_ID (also for a source that stands twice), NOTHING_TO_DO, UNKNOWN_FUNCTION.
     */
    public BoardTask joinTasks(
            final String joinId,
            final List<String> sourceTaskIds,
            final TaskTemplate continuationTask,
            final MergeStrategy strategy,
            final String function) {
        return joinTasks(joinId, sourceTaskIds, continuationTask, strategy, function, Duration.ofNanos(Long.MAX_VALUE));
    }

    /**
     * As {@link #joinTasks(String, List, TaskTemplate, MergeStrategy, String)}, with a limit of time: when it is up, by kernel time and in the kernel's order, before enough sources were
     * completed, the join has failed and its continuation is cancelled. It ends so when somebody looks at joins or ends a task, and at once where somebody
     * {@link #watch watches}.
     *
     * @param timeout above zero, from now on.
     */
    public BoardTask joinTasks(
            final String joinId,
            final List<String> sourceTaskIds,
            final TaskTemplate continuationTask,
            final MergeStrategy strategy,
            final String function,
            final Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout of join '" + joinId + "' must be above zero: " + timeout);
        }
        checkJoin(joinId, sourceTaskIds, strategy, function);
        final TaskTemplate named =
                continuationTask.id().isEmpty() ? continuationTask.withId(joinId + "_task") : continuationTask;
        if (board.task(named.id()) != null) {
            throw new BoardException(Reason.DUPLICATE_ID, "there is a task '" + named.id() + "' already");
        }
        final PendingJoin join = PendingJoin.of(joinId, sourceTaskIds, named.id(), strategy, function)
                .until(JoinLimits.deadlineNs(kernel.nowNs(), timeout));
        return synthesis.register(join, board.newTask(named, List.of(), 0));
    }

    /**
     * End joins whose time is up as soon as it is, until what is answered is closed or the kernel is.
     *
     * @param executor takes tasks without running them in place, as for {@link io.signalbox.kernel.Readers#listen}.
     */
    public Listening watch(final Executor executor) {
        final JoinWatch watch = new JoinWatch(coordination, synthesis);
        final Listening listening = kernel.readers().listen(JoinWatch.BROKEN, Start.latest(), executor, watch);
        synthesis.settleOverdue();
        return listening;
    }

    /**
     * Several tasks lead to one that is there already.
     *
     * @throws BoardException as {@link #joinTasks}; CIRCULAR_DEPENDENCIES.
     */
    public BoardTask registerJoin(
            final String joinId,
            final List<String> sourceTaskIds,
            final String continuationTaskId,
            final MergeStrategy strategy) {
        checkJoin(joinId, sourceTaskIds, strategy, "");
        required(List.of(continuationTaskId), "Continuation task not found: ");
        final List<String> circle = board.circleWith(continuationTaskId, sourceTaskIds);
        if (!circle.isEmpty()) {
            throw new BoardException(
                    Reason.CIRCULAR_DEPENDENCIES, "tasks would need each other: " + String.join(" -> ", circle));
        }
        return synthesis.register(PendingJoin.of(joinId, sourceTaskIds, continuationTaskId, strategy, ""), null);
    }

    private void checkJoin(
            final String joinId, final List<String> sources, final MergeStrategy strategy, final String function) {
        if (store.join(joinId) != null) {
            throw new BoardException(Reason.DUPLICATE_ID, "there is a join '" + joinId + "' already");
        }
        required(sources, "Some source tasks not found: ");
        functions.check(strategy, function);
    }

    /**
     * A join that an event tells of, as {@link CoordinationEvents#JOIN_CREATED} has it. One that is known changes nothing.
     *
     * @return whether a join was registered; not when the event lacks a field.
     */
    public boolean handleJoinCreated(final Map<String, ?> event) {
        final DocumentValue document = DocumentValue.of(event);
        final String joinId = document.textOf("join_id");
        final DocumentValue sources = document.get("source_task_ids");
        final String continuation = document.textOf("continuation_task_id");
        final String word = document.textOf("merge_strategy");
        final MergeStrategy strategy = MergeStrategy.named(word.isEmpty() ? "combine" : word);
        if (joinId.isEmpty() || sources == null || sources.size() == 0 || continuation.isEmpty() || strategy == null) {
            return false;
        }
        if (store.join(joinId) != null) {
            return false;
        }
        registerJoin(joinId, sources.toTexts(), continuation, strategy);
        return true;
    }

    /** The joins whose sources are still waited for. */
    public List<PendingJoin> pendingJoins() {
        synthesis.settleOverdue();
        return store.joins().stream().filter(PendingJoin::isPending).toList();
    }

    /** The join of an id, whether it is pending or not; null when there is none. */
    public PendingJoin join(final String joinId) {
        synthesis.settleOverdue();
        final BoardStore.Seen<PendingJoin> seen = store.join(joinId);
        return seen == null ? null : seen.value();
    }

    // ------------------------------------------------------------------ results

    /** A task is done: what waits for it goes on, joins included. Said again is harmless. */
    public BoardTask complete(final String taskId, final Map<String, ?> result) {
        synthesis.settleOverdue();
        final BoardTask completed = board.completed(taskId, DocumentValue.of(result));
        completed.joins().forEach(synthesis::settle);
        return completed;
    }

    /** A task is given up: what needs it is cancelled, and so is what needs that; joins fail that can do without it no longer. */
    public BoardTask fail(final String taskId, final String error) {
        synthesis.settleOverdue();
        return synthesis.lose(taskId, TaskStatus.FAILED, error);
    }

    /** As {@link #mergeTaskResults(String, List, MergeStrategy, String)}, without a function. */
    public Merged mergeTaskResults(
            final String mergeId, final List<String> sourceTaskIds, final MergeStrategy strategy) {
        return mergeTaskResults(mergeId, sourceTaskIds, strategy, "");
    }

    /**
     * The results of completed tasks as one, in declared order.
     *
     * @throws BoardException UNKNOWN_TASK, NOT_COMPLETED, DUPLICATE_ID for a source that stands twice, NOTHING_TO_DO, UNKNOWN_FUNCTION.
     * @throws io.signalbox.kernel.pattern.IncomparableResultsException when they do not go together.
     */
    public Merged mergeTaskResults(
            final String mergeId,
            final List<String> sourceTaskIds,
            final MergeStrategy strategy,
            final String function) {
        required(sourceTaskIds, "Some source tasks not found: ");
        final List<SourceResult> results = new ArrayList<>();
        for (final String id : sourceTaskIds) {
            final BoardTask task = store.required(id);
            if (task.status() != TaskStatus.COMPLETED) {
                throw new BoardException(Reason.NOT_COMPLETED, "Task " + id + " is not completed: " + task.status());
            }
            results.add(new SourceResult(id, task.taskType(), task.result()));
        }
        final Merged merged = functions.merge(strategy, function, results);
        tell(mergeId, CoordinationEvents.mergeCompleted(mergeId, merged));
        return merged;
    }

    /** A merge that is asked for again as it was is not told again. */
    private void tell(final String mergeId, final CoordinationEvents.Event event) {
        BoardStore.Seen<DocumentValue> told = store.merge(mergeId);
        while (told == null || !told.value().equals(event.payload())) {
            store.changes()
                    .merge(mergeId, event.payload(), told == null ? 0 : told.version())
                    .tell(event)
                    .apply();
            told = store.merge(mergeId);
        }
    }

    // ------------------------------------------------------------------ patterns

    /**
     * One pattern by its type: sync, split, join or merge.
     *
     * @return of a sync {@code sync_point, sync_id}; of a split {@code split_id, task_ids}; of a join {@code join_id, continuation_task_id}; of a merge
     *     {@code merge_id, merged_result}.
     * @throws InvalidPatternException when the document is no such pattern; UNKNOWN_TYPE for another type.
     * @throws BoardException when its tasks are not as they have to be.
     */
    public Map<String, Object> executePattern(final Map<String, ?> document) {
        final PatternSection section = Patterns.section(document, source(document));
        final Map<String, Object> made = new TreeMap<>();
        if (section instanceof SyncPoint point) {
            createSyncPoint(point.id(), point.waitingTaskIds(), point.requiredCount(), limit(point.timeoutNs()))
                    .orThrow();
            made.put("sync_id", point.id());
            made.put("sync_point", coordination.sync().status(point.id()));
        } else if (section instanceof Split split) {
            final List<BoardTask> tasks =
                    splitTask(split.id(), split.source(), split.tasks(), split.requiredCapabilities());
            made.put("split_id", split.id());
            made.put("task_ids", tasks.stream().map(BoardTask::id).toList());
        } else if (section instanceof Join join) {
            made.put("join_id", join.id());
            made.put(
                    "continuation_task_id",
                    joinTasks(
                                    join.id(),
                                    join.sources(),
                                    join.continuation(),
                                    join.strategy(),
                                    join.function(),
                                    limit(join.timeoutNs()))
                            .id());
        } else if (section instanceof Merge merge) {
            made.put("merge_id", merge.id());
            made.put(
                    "merged_result",
                    mergeTaskResults(merge.id(), merge.sources(), merge.strategy(), merge.function())
                            .document()
                            .toObject());
        } else if (section instanceof Loop) {
            throw new BoardException(
                    Reason.NOTHING_TO_DO, "a loop is a part of a pattern; apply or generate a pattern that has it");
        }
        return made;
    }

    private static Duration limit(final long timeoutNs) {
        return Duration.ofNanos(timeoutNs == 0 ? Long.MAX_VALUE : timeoutNs);
    }

    /** From which tasks take what they do not say. */
    private TaskTemplate source(final Map<String, ?> document) {
        final BoardTask source = document.get("source_task_id") instanceof String id ? board.task(id) : null;
        final TaskTemplate plain = TaskTemplate.of(SPLIT_TASK);
        return source == null ? plain : plain.describedAs(source.phaseId(), "").withPriority(source.priority());
    }

    private void required(final List<String> ids, final String message) {
        if (ids.isEmpty()) {
            throw new BoardException(Reason.NOTHING_TO_DO, "no task was named");
        }
        final List<String> unknown =
                ids.stream().filter(id -> store.task(id) == null).toList();
        if (!unknown.isEmpty()) {
            throw new BoardException(Reason.UNKNOWN_TASK, message + String.join(", ", unknown));
        }
        if (new HashSet<>(ids).size() < ids.size()) {
            throw new BoardException(Reason.DUPLICATE_ID, "a task is named twice: " + ids);
        }
    }
}
