package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.StepLoad;
import io.signalbox.kernel.plan.CircularDependencyException;
import io.signalbox.kernel.plan.DependencyGraph;
import io.signalbox.kernel.plan.ExecutionPlan;
import io.signalbox.kernel.plan.PlanSettings;
import io.signalbox.kernel.plan.TaskNotFoundException;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stages as a definition. Stage {@code s} becomes
 *
 * <ul>
 *   <li>{@code stage:s.begin}, a gate over the ends and reports of the stages it depends on and, with barriers, over the report of the stage before it; missing where it would have no member;
 *   <li>its steps, each behind that gate and its own dependencies; one after the other by a limit of 1;
 *   <li>{@code stage:s}, a gate over its steps: succeeded when all have, its time counted from the begin;
 *   <li>{@code stage:s.report}, a step that tells the end of the stage, however it came.
 * </ul>
 *
 * A gate that fails lets everything behind it be cancelled unrun: so skips propagate. Immutable; pure.
 */
public final class StagePlan {
    private static final String PREFIX = "stage:";
    private static final int REPORT_PRIORITY = 1000;

    private final WorkflowConfig config;
    private final List<WorkflowStage> stages;
    private final Map<String, WorkflowStage> stageByStep = new HashMap<>();
    private final Map<String, WorkflowStep> stepById = new HashMap<>();
    private final Map<String, WorkflowStage> stageById = new HashMap<>();
    private final Map<String, WorkflowStage> stageByReport = new HashMap<>();
    private final List<StepDefinition> steps = new ArrayList<>();
    private final List<LimitDefinition> limits;
    private final WorkflowDefinition definition;

    private StagePlan(final WorkflowConfig config, final List<WorkflowStage> unsorted) {
        this.config = config;
        this.stages = unsorted.stream()
                .sorted(Comparator.comparingInt(WorkflowStage::stageNumber))
                .toList();
        this.limits = new ArrayList<>(config.limits());
        check();
        stages.forEach(this::compile);
        this.definition = WorkflowDefinition.of(config.workflowId(), steps)
                .withConcurrencyMax(config.maxConcurrentSteps())
                .withOnError(config.enableFastFail() ? OnError.FAIL_FAST : OnError.COLLECT_ALL)
                .withTimeoutNs(Compiling.nanos(config.workflowTimeout()))
                .withLimits(limits);
    }

    /**
     * Check and compile.
     *
     * @throws InvalidWorkflowPartException when there is no stage, a number is missing or stands twice, or an id does.
     * @throws TaskNotFoundException when a step or stage depends on something unknown.
     * @throws CircularDependencyException when steps wait for each other.
     */
    public static StagePlan compile(final WorkflowConfig config, final List<WorkflowStage> stages) {
        return new StagePlan(config, stages);
    }

    // ------------------------------------------------------------------ checking

    private void check() {
        Compiling.require(
                stages, !stages.isEmpty(), "the stages of workflow '" + config.workflowId() + "' cannot be empty");
        for (int i = 0; i < stages.size(); i++) {
            final WorkflowStage stage = stages.get(i);
            Compiling.require(
                    stage,
                    stage.stageNumber() == i + 1,
                    "stages are numbered 1 to " + stages.size() + ", each once; '" + stage.stageId() + "' has number "
                            + stage.stageNumber() + " where " + (i + 1) + " is expected");
            Compiling.require(
                    stage,
                    stageById.put(stage.stageId(), stage) == null,
                    "two stages are called '" + stage.stageId() + "'");
            stage.steps().forEach(step -> index(stage, step));
        }
        checkStages();
        checkSteps();
    }

    private void index(final WorkflowStage stage, final WorkflowStep step) {
        Compiling.require(
                step,
                !step.stepId().startsWith(PREFIX),
                "the id of step '" + step.stepId() + "' must not begin with '" + PREFIX + "'");
        final WorkflowStage other = stageByStep.put(step.stepId(), stage);
        Compiling.require(
                step,
                other == null,
                "two steps are called '" + step.stepId() + "': in stage '" + (other == null ? "" : other.stageId())
                        + "' and in stage '" + stage.stageId() + "'");
        stepById.put(step.stepId(), step);
    }

    private void checkStages() {
        final List<String> ids = stages.stream().map(WorkflowStage::stageId).toList();
        for (final WorkflowStage stage : stages) {
            for (final String dependency : stage.dependencies()) {
                final WorkflowStage other = stageById.get(dependency);
                if (other == null) {
                    throw new TaskNotFoundException(
                            stage.stageId(), dependency, ids, List.of(stage.stageId(), dependency));
                }
                Compiling.require(
                        stage,
                        other.stageNumber() < stage.stageNumber(),
                        "stage '" + stage.stageId() + "' (" + stage.stageNumber() + ") depends on '" + dependency
                                + "' (" + other.stageNumber() + "), which does not come before it");
            }
        }
    }

    private void checkSteps() {
        final DependencyGraph graph = new DependencyGraph();
        stages.forEach(stage -> stage.steps().forEach(step -> graph.addTask(step.stepId(), step.dependencies())));
        graph.topologicalSort();
        stages.forEach(stage -> stage.steps()
                .forEach(step -> step.dependencies().forEach(dependency -> {
                    final WorkflowStage other = stageByStep.get(dependency);
                    Compiling.require(
                            step,
                            other.stageNumber() <= stage.stageNumber(),
                            "step '" + step.stepId() + "' of stage '" + stage.stageId() + "' depends on '" + dependency
                                    + "' of the later stage '" + other.stageId() + "'");
                })));
    }

    // ------------------------------------------------------------------ compiling

    private void compile(final WorkflowStage stage) {
        final List<String> conditions = conditions(stage);
        if (!conditions.isEmpty()) {
            steps.add(StepDefinition.gate(begin(stage), Gate.of(GateRule.ALL, Superfluous.LEAVE), conditions));
        }
        final String begin = conditions.isEmpty() ? "" : begin(stage);
        final int concurrencyMax = stage.isParallel() ? stage.maxConcurrentSteps() : 1;
        if (concurrencyMax > 0) {
            limits.add(LimitDefinition.capacity(end(stage), concurrencyMax));
        }
        stage.steps().forEach(step -> steps.add(compile(stage, step, begin, concurrencyMax > 0)));
        final Duration timeout = stage.timeout() == null ? config.stageTimeout() : stage.timeout();
        steps.add(StepDefinition.gate(
                        end(stage),
                        Gate.of(GateRule.ALL, Superfluous.AWAIT).timedFrom(begin),
                        stage.steps().stream().map(WorkflowStep::stepId).toList())
                .withTimeoutNs(Compiling.nanos(timeout)));
        steps.add(report(stage, begin));
        stageByReport.put(report(stage), stage);
    }

    /** Beside the end of a stage stands its report, which always succeeds: a stage with nothing to do is no reason to skip another. */
    private List<String> conditions(final WorkflowStage stage) {
        final Set<String> conditions = new LinkedHashSet<>();
        if (stage.stageNumber() > 1 && config.enableStageBarriers()) {
            conditions.add(report(before(stage)));
        }
        if (stage.stageNumber() > 1 && !config.enableStageRecovery()) {
            conditions.add(report(before(stage)));
            conditions.add(end(before(stage)));
        }
        for (final String dependency : stage.dependencies()) {
            conditions.add(report(stageById.get(dependency)));
            conditions.add(end(stageById.get(dependency)));
        }
        return List.copyOf(conditions);
    }

    private WorkflowStage before(final WorkflowStage stage) {
        return stages.get(stage.stageNumber() - 2);
    }

    private StepDefinition compile(
            final WorkflowStage stage, final WorkflowStep step, final String begin, final boolean isLimited) {
        final List<String> needs = new ArrayList<>(step.dependencies());
        if (!begin.isEmpty()) {
            needs.add(begin);
        }
        final int retries = config.enableStepRetry() ? config.stepRetryCount() : 0;
        final RetryPolicy retry = Compiling.doubling(retries, config.stepRetryBackoff());
        final StepDefinition compiled = Compiling.step(step.stepId(), needs, step.terms(), config.stepTimeout(), retry);
        return isLimited
                ? compiled.withScheduling(compiled.scheduling()
                        .using(Compiling.with(compiled.scheduling().uses(), new LimitUse(end(stage), 1))
                                .toArray(new LimitUse[0])))
                : compiled;
    }

    private static StepDefinition report(final WorkflowStage stage, final String begin) {
        final List<String> needs = begin.isEmpty() ? List.of(end(stage)) : List.of(end(stage), begin);
        return Compiling.step(
                report(stage),
                needs,
                new StepTerms(null, 0, REPORT_PRIORITY, List.of(), StepLoad.IO, true),
                Duration.ZERO,
                RetryPolicy.NONE);
    }

    /** Id of the gate at the begin of a stage; a first stage, or one that waits for nothing, has none. */
    static String begin(final WorkflowStage stage) {
        return PREFIX + stage.stageId() + ".begin";
    }

    /** Id of the gate at the end of a stage. */
    static String end(final WorkflowStage stage) {
        return PREFIX + stage.stageId();
    }

    /** Id of the step that tells the end of a stage. */
    static String report(final WorkflowStage stage) {
        return PREFIX + stage.stageId() + ".report";
    }

    // ------------------------------------------------------------------ what came of it

    /** What the kernel runs. */
    public WorkflowDefinition definition() {
        return definition;
    }

    /** The stages by number. */
    public List<WorkflowStage> stages() {
        return stages;
    }

    /** The settings it was compiled with. */
    public WorkflowConfig config() {
        return config;
    }

    /** Order, estimate and picture of the whole; to tell the end of a stage takes no time. */
    public ExecutionPlan plan(final PlanSettings settings) {
        final Map<String, Long> durationsNs = new HashMap<>();
        stageByReport.keySet().forEach(report -> durationsNs.put(report, 0L));
        durationsNs.putAll(settings.durationsNs());
        return ExecutionPlan.of(definition, settings.withDurationsNs(durationsNs));
    }

    boolean hasBegin(final WorkflowStage stage) {
        return !conditions(stage).isEmpty();
    }

    WorkflowStep step(final String id) {
        return stepById.get(id);
    }

    WorkflowStage stageOfStep(final String id) {
        return stageByStep.get(id);
    }

    /** The stage that a step reports; null for other steps. */
    WorkflowStage reported(final String id) {
        return stageByReport.get(id);
    }

    /** The stage with this id if it has certainly ended when a step of {@code stage} runs. */
    WorkflowStage ended(final WorkflowStage stage, final String id) {
        final WorkflowStage other = stageById.get(id);
        final boolean hasEnded = other != null
                && (stage.dependencies().contains(id)
                        || config.enableStageBarriers() && other.stageNumber() < stage.stageNumber());
        if (!hasEnded) {
            throw new IllegalArgumentException("stage '" + stage.stageId() + "' reads the outputs of '" + id
                    + "', which is "
                    + (other == null ? "not a stage" : "not a stage that it depends on or that ends before it"));
        }
        return other;
    }
}
