package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Durability;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Carries out workflows in stages. Any number of workflows at once, from any threads; each has a coordination called by its id, in which its state and its signals are, and which
 * stays open afterwards so that they can be read.
 *
 * <pre>{@code
 * try (WorkflowEngine engine = new WorkflowEngine(kernel)) {
 *     WorkflowResult result = new StagedParallelExecutor(engine).executeWorkflow("session-1", List.of(
 *             WorkflowStage.of("parse", 1, WorkflowStep.of("contract", WorkflowStepType.PARSE_CONTRACT, context -> parse(context.input("path")))
 *                     .input("path", "contract.yaml")),
 *             WorkflowStage.of("models", 2, WorkflowStep.of("model", WorkflowStepType.GENERATE_MODEL, context -> model(context.result("contract")))
 *                     .dependsOn("contract")).dependsOn("parse")));
 *     result.orThrow();
 * }
 * }</pre>
 */
public final class StagedParallelExecutor {
    private final WorkflowEngine engine;
    private final AtomicReference<WorkflowStatistics> statistics = new AtomicReference<>(WorkflowStatistics.NONE);
    private final Map<String, Active> runs = new ConcurrentHashMap<>();

    /** A workflow under way: known here before its first step can begin; the handle comes a moment later. */
    private record Active(CompletableFuture<WorkflowRunHandle> handle, StageRun run) {}

    public StagedParallelExecutor(final WorkflowEngine engine) {
        this.engine = Objects.requireNonNull(engine, "engine");
    }

    /** As {@link #executeWorkflow(WorkflowConfig, List, Map)}, with settings as {@link WorkflowConfig#of} has them. */
    public WorkflowResult executeWorkflow(final String workflowId, final List<WorkflowStage> stages) {
        return executeWorkflow(WorkflowConfig.of(workflowId), stages, Map.of());
    }

    /** As the other, with nothing shared. */
    public WorkflowResult executeWorkflow(final WorkflowConfig config, final List<WorkflowStage> stages) {
        return executeWorkflow(config, stages, Map.of());
    }

    /**
     * Carry out a workflow to its end, however it comes; {@link WorkflowResult#orThrow} makes exceptions of failures. When the calling thread is interrupted, the workflow is
     * cancelled, and the flag stays.
     *
     * @param context what all its steps are given.
     * @throws InvalidWorkflowPartException when the stages cannot be as they are; nothing was done then.
     * @throws io.signalbox.kernel.plan.TaskNotFoundException when something depends on what is not there.
     * @throws io.signalbox.kernel.plan.CircularDependencyException when steps wait for each other.
     * @throws io.signalbox.kernel.CommandRefusedException when the kernel has no room for it.
     * @throws IllegalStateException when a workflow of this id is under way here, or was left by an earlier process.
     */
    public WorkflowResult executeWorkflow(
            final WorkflowConfig config, final List<WorkflowStage> stages, final Map<String, ?> context) {
        final StagePlan plan = StagePlan.compile(config, stages);
        final RunTicket ticket =
                RunTicket.of(WorkKind.STAGES, engine.kernel().coordination(config.workflowId()), config.workflowId());
        return carriedOut(plan, context, (coordination, run, onStarted) -> {
            requireNotLeft(config.workflowId());
            return engine.run(coordination, plan.definition(), ticket, run, onStarted);
        });
    }

    private void requireNotLeft(final String workflowId) {
        if (engine.kernel().config().durability() != Durability.MEMORY
                && engine.left().isOpen(WorkKind.STAGES, workflowId)) {
            throw new IllegalStateException("workflow '" + workflowId
                    + "' was begun before and has not ended; resume it, or cancel its run: "
                    + engine.openWorkflows());
        }
    }

    /**
     * Go on with the workflow of this id that an earlier process has left in the kernel's journal: steps that have ended are not carried out again, and their results are there; those that had begun
     * are carried out anew, as another attempt that does not count as a failure. Of several the newest; one that has ended is only told. Otherwise as {@link #executeWorkflow}.
     *
     * @param stages the same steps with the same dependencies; times, retries and limits are those that it was started with.
     * @param context as it was given before: the kernel does not keep it.
     * @throws WorkflowNotResumableException when there is no such workflow, or its steps are others; they stay open then.
     */
    public WorkflowResult resume(
            final WorkflowConfig config, final List<WorkflowStage> stages, final Map<String, ?> context) {
        final StagePlan plan = StagePlan.compile(config, stages);
        final RunSummary earlier = engine.left().ofId(WorkKind.STAGES, config.workflowId(), plan.definition());
        return carriedOut(plan, context, (coordination, run, onStarted) -> engine.resume(earlier, run, onStarted));
    }

    /** As the other, with nothing shared. */
    public WorkflowResult resume(final WorkflowConfig config, final List<WorkflowStage> stages) {
        return resume(config, stages, Map.of());
    }

    /** How a workflow comes to its end. */
    @FunctionalInterface
    private interface Way {
        RunSnapshot go(Coordination coordination, StageRun run, Consumer<WorkflowRunHandle> onStarted);
    }

    private WorkflowResult carriedOut(final StagePlan plan, final Map<String, ?> context, final Way way) {
        final String id = plan.config().workflowId();
        final Coordination coordination = engine.kernel().coordination(id);
        final StageRun run = new StageRun(engine, plan, coordination, context);
        final Active active = new Active(new CompletableFuture<>(), run);
        register(id, active);
        final RunSnapshot ended;
        try {
            ended = way.go(coordination, run, handle -> {
                run.started(handle);
                active.handle().complete(handle);
            });
        } finally {
            active.handle().complete(null);
            runs.remove(id, active);
        }
        final WorkflowResult result = run.finished(ended);
        statistics.accumulateAndGet(null, (before, none) -> before.plus(result));
        return result;
    }

    private void register(final String workflowId, final Active active) {
        if (runs.putIfAbsent(workflowId, active) != null) {
            throw new IllegalStateException("workflow '" + workflowId + "' is under way already");
        }
    }

    /** Order, estimate and picture of a workflow, without carrying it out. */
    public static StagePlan plan(final WorkflowConfig config, final List<WorkflowStage> stages) {
        return StagePlan.compile(config, stages);
    }

    /** Stop a workflow that is under way here: what has not ended is cancelled. False when there is none of this id. */
    public boolean cancel(final String workflowId) {
        final Active active = runs.get(workflowId);
        final WorkflowRunHandle handle = active == null ? null : active.handle().join();
        return handle != null && handle.cancel().isAccepted();
    }

    /** How far a workflow is that is under way here; null when there is none of this id. Asked between two turns. */
    public WorkflowProgress progress(final String workflowId) {
        final Active active = runs.get(workflowId);
        final WorkflowRunHandle handle = active == null ? null : active.handle().join();
        final RunSnapshot snapshot = handle == null ? null : handle.snapshot();
        return snapshot == null ? null : active.run().progress(snapshot);
    }

    /** Ids of the workflows that are under way here. */
    public List<String> activeWorkflows() {
        return new ArrayList<>(runs.keySet());
    }

    /** What it has done so far. */
    public WorkflowStatistics getStatistics() {
        return statistics.get().withActive(runs.size());
    }
}
