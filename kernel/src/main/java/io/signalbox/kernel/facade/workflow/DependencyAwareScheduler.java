package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.plan.DependencyGraph;
import io.signalbox.kernel.plan.ExecutionPlan;
import io.signalbox.kernel.plan.PlanSettings;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunSummary;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Tasks and what they depend on, carried out by the kernel: a task starts when its last dependency has ended and a place is free. Add tasks, {@link #schedule}, {@link #execute}; the
 * second may be repeated, and each time everything runs anew. Results are in the state view of the coordination, as {@code task_result_ID}. Tasks are added by one thread at a time;
 * anybody may ask for their status, or cancel, meanwhile.
 *
 * <pre>{@code
 * DependencyAwareScheduler scheduler = new DependencyAwareScheduler(engine, kernel.coordination("build"), 4);
 * scheduler.addTask("models", context -> generate());
 * scheduler.addTask("tests", context -> test(context.result("models")), "models");
 * scheduler.schedule();
 * ScheduleResult result = scheduler.execute();
 * }</pre>
 */
public final class DependencyAwareScheduler {
    private final WorkflowEngine engine;
    private final Coordination coordination;
    private final int maxConcurrent;
    private final DependencyGraph graph = new DependencyGraph();
    private final Map<String, ScheduledTask> tasks = new LinkedHashMap<>();
    private final AtomicReference<WorkflowRunHandle> running = new AtomicReference<>();
    private final AtomicBoolean executing = new AtomicBoolean();
    private OnError onError = OnError.COLLECT_ALL;
    private List<LimitDefinition> limits = List.of();
    private List<List<String>> waves;
    private volatile ScheduleResult last;

    /** @param maxConcurrent tasks at once, from 1. */
    public DependencyAwareScheduler(
            final WorkflowEngine engine, final Coordination coordination, final int maxConcurrent) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.coordination = Objects.requireNonNull(coordination, "coordination");
        this.maxConcurrent =
                Compiling.require(maxConcurrent, maxConcurrent >= 1, "max_concurrent must be >= 1: " + maxConcurrent);
    }

    /** Ten tasks at once. */
    public DependencyAwareScheduler(final WorkflowEngine engine, final Coordination coordination) {
        this(engine, coordination, 10);
    }

    /** What a failed task means for the rest: by default the others go on, but those that depend on it. */
    public DependencyAwareScheduler withOnError(final OnError meaning) {
        onError = Objects.requireNonNull(meaning, "meaning");
        return this;
    }

    /** What tasks share and is scarce; they take of it by their terms. */
    public DependencyAwareScheduler withLimits(final LimitDefinition... shared) {
        limits = List.of(shared);
        return this;
    }

    // ------------------------------------------------------------------ tasks

    /**
     * Add a task; a schedule made before no longer counts.
     *
     * @throws IllegalArgumentException when there is a task of this id, or it is empty.
     */
    public void addTask(final String id, final StepExecutor executor, final String... dependencies) {
        addTask(ScheduledTask.of(id, executor, dependencies));
    }

    /**
     * Add a task; a schedule made before no longer counts.
     *
     * @throws IllegalArgumentException when there is a task of this id.
     */
    public void addTask(final ScheduledTask task) {
        graph.addTask(task.id(), task.dependencies());
        tasks.put(task.id(), task);
        waves = null;
    }

    /** How many tasks there are. */
    public int size() {
        return tasks.size();
    }

    /** What each task depends on. */
    public Map<String, List<String>> getDag() {
        return graph.asMap();
    }

    /** Whether tasks wait for each other, so that none of them could ever start. */
    public boolean detectDeadlock() {
        return graph.hasCycle();
    }

    /** Forget tasks, schedule and results. */
    public void clear() {
        graph.clear();
        tasks.clear();
        waves = null;
        last = null;
    }

    // ------------------------------------------------------------------ schedule and execute

    /**
     * Check the tasks and say in which order they may run.
     *
     * @return waves, for show; none when there is no task.
     * @throws io.signalbox.kernel.plan.TaskNotFoundException when a task depends on what is not there.
     * @throws io.signalbox.kernel.plan.CircularDependencyException when tasks wait for each other.
     */
    public List<ExecutionWave> schedule() {
        waves = graph.constructWaves();
        return getWaveSummary();
    }

    /** Strategy, estimate, critical path and picture. */
    public ExecutionPlan plan(final PlanSettings settings) {
        return graph.size() == 0 ? ExecutionPlan.of(graph, settings) : ExecutionPlan.of(definition(), settings);
    }

    /**
     * Carry out what is scheduled, and wait until it has ended. When the calling thread is interrupted, it is cancelled, and the flag stays.
     *
     * @throws IllegalStateException when nothing is scheduled, or an execution is under way.
     * @throws io.signalbox.kernel.CommandRefusedException when the kernel has no room for it.
     */
    public ScheduleResult execute() {
        requireSchedule();
        if (tasks.isEmpty()) {
            return new ScheduleResult("", WorkflowStatus.COMPLETED, false, Map.of(), List.of(), 0);
        }
        return carriedOut((run, onStarted) ->
                engine.run(coordination, definition(), RunTicket.of(WorkKind.TASKS, coordination, ""), run, onStarted));
    }

    /**
     * Go on with the one execution that an earlier process has left open in this coordination: tasks that have ended are not carried out again, those that had not are. Otherwise as
     * {@link #execute}; what is scheduled has to be the same tasks with the same dependencies, and times and retries are those that it was started with.
     *
     * @throws WorkflowNotResumableException when there is none, or more than one, or its tasks are others; they stay open then.
     */
    public ScheduleResult resume() {
        requireSchedule();
        return resume(engine.left().openIn(WorkKind.TASKS, coordination, definition()));
    }

    /** As the other, the execution of this id; one that has ended is only told. */
    public ScheduleResult resume(final String executionId) {
        requireSchedule();
        return resume(engine.left().ofId(WorkKind.TASKS, executionId, definition()));
    }

    private ScheduleResult resume(final RunSummary earlier) {
        return carriedOut((run, onStarted) -> engine.resume(earlier, run, onStarted));
    }

    private void requireSchedule() {
        if (waves == null) {
            throw new IllegalStateException("Must call schedule() first, and again after a task was added");
        }
    }

    /** How an execution comes to its end. */
    @FunctionalInterface
    private interface Way {
        RunSnapshot go(TaskRun run, Consumer<WorkflowRunHandle> onStarted);
    }

    private ScheduleResult carriedOut(final Way way) {
        if (!executing.compareAndSet(false, true)) { // asked before anything runs
            throw new IllegalStateException("an execution of this scheduler is under way");
        }
        try {
            final TaskRun run = new TaskRun(coordination, new LinkedHashMap<>(tasks), engine.codec());
            last = run.result(way.go(run, running::set), waves);
            return last;
        } finally {
            running.set(null);
            executing.set(false);
        }
    }

    private WorkflowDefinition definition() {
        return TaskRun.definition(tasks, maxConcurrent, onError, limits);
    }

    /** Stop the execution that is under way: what has not ended is cancelled. False when there is none. */
    public boolean cancel() {
        final WorkflowRunHandle run = running.get();
        return run != null && run.cancel().isAccepted();
    }

    // ------------------------------------------------------------------ status

    /**
     * Where a task stands in the execution that is under way, or ended last; pending before.
     *
     * @throws IllegalArgumentException when there is no such task.
     */
    public WorkflowStatus getTaskStatus(final String id) {
        if (!tasks.containsKey(id)) {
            throw new IllegalArgumentException("there is no task '" + id + "'");
        }
        return statuses().getOrDefault(id, WorkflowStatus.PENDING);
    }

    private Map<String, WorkflowStatus> statuses() {
        final Map<String, WorkflowStatus> statuses = new LinkedHashMap<>();
        final WorkflowRunHandle run = running.get();
        final RunSnapshot snapshot = run == null ? null : run.snapshot();
        final ScheduleResult ended = last;
        if (snapshot != null) {
            for (final StepSnapshot step : snapshot.steps()) {
                statuses.put(step.id(), WorkflowStatus.of(step.state()));
            }
        } else if (ended != null) {
            ended.tasks().forEach((id, task) -> statuses.put(id, task.status()));
        }
        return statuses;
    }

    /** The waves of the schedule and where they stand; none before {@link #schedule}. */
    public List<ExecutionWave> getWaveSummary() {
        return waves == null ? List.of() : TaskRun.waves(waves, statuses());
    }

    /** The tasks, in the order in which they were added. */
    public List<String> taskIds() {
        return new ArrayList<>(tasks.keySet());
    }
}
