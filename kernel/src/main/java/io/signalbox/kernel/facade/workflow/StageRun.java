package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One workflow under way: what its functions get, what is told when a stage ends, and what came of it. Any thread. */
final class StageRun implements WorkflowEngine.Functions {
    private final StagePlan plan;
    private final Coordination coordination;
    private final Map<String, Object> shared;
    private final StageTelling telling;
    private final HeldResults held;
    private final Map<String, Map<String, Object>> outputsByStage = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    StageRun(
            final WorkflowEngine engine,
            final StagePlan plan,
            final Coordination coordination,
            final Map<String, ?> shared) {
        this.plan = plan;
        this.coordination = coordination;
        this.shared = Compiling.copy(shared);
        this.telling = new StageTelling(engine.kernel(), coordination, plan.config());
        this.held = new HeldResults(engine.codec());
    }

    // ------------------------------------------------------------------ carrying out

    /** What was told of stages is not told again; one whose report was under way may be. */
    @Override
    public void restore(final RunSnapshot earlier) {
        held.restore(earlier);
        final Map<String, StepSnapshot> steps = byId(earlier);
        for (final WorkflowStage stage : plan.stages()) {
            if (steps.get(StagePlan.report(stage)).state() == StepState.SUCCEEDED) {
                told.add(stage.stageId());
            }
        }
    }

    @Override
    public StepResult perform(final StepContext context) throws Exception {
        final String id = context.step().id();
        final WorkflowStage reported = plan.reported(id);
        if (reported != null) {
            return report(context, reported);
        }
        final WorkflowStep step = plan.step(id);
        final WorkflowStage stage = plan.stageOfStep(id);
        if (plan.hasBegin(stage) && context.state(StagePlan.begin(stage)) != StepState.SUCCEEDED) {
            return StepResult.skip("stage '" + stage.stageId() + "' does not begin");
        }
        final WorkContext.Part part = new WorkContext.Part(
                plan.config().workflowId(),
                stage.stageId(),
                id,
                step.stepType(),
                step.inputData(),
                step.metadata(),
                shared);
        return held.perform(
                context,
                step.executor(),
                new WorkContext(
                        context,
                        coordination,
                        part,
                        dependencyResults(context, step),
                        wanted -> outputs(context, plan.ended(stage, wanted))));
    }

    private Map<String, Object> dependencyResults(final StepContext context, final WorkflowStep step) {
        final Map<String, Object> results = new LinkedHashMap<>();
        for (final String dependency : step.dependencies()) {
            if (context.state(dependency) == StepState.SUCCEEDED) {
                results.put(dependency, held.value(dependency));
            }
        }
        return Collections.unmodifiableMap(results);
    }

    /** What a stage that has ended has produced: read once, since it does not change any more. */
    private Map<String, Object> outputs(final StepContext context, final WorkflowStage stage) {
        return outputsByStage.computeIfAbsent(
                stage.stageId(),
                none -> outputs(context.kernel().tasks().run(context.run()).snapshot(), stage));
    }

    private Map<String, Object> outputs(final RunSnapshot run, final WorkflowStage stage) {
        final Map<String, StepSnapshot> steps = byId(run);
        final Map<String, Object> outputs = new LinkedHashMap<>();
        for (final WorkflowStep step : stage.steps()) {
            if (steps.get(step.stepId()).state() == StepState.SUCCEEDED) {
                outputs.put(step.stepId(), held.value(step.stepId()));
            }
        }
        return Collections.unmodifiableMap(outputs);
    }

    /** The stage has ended; nobody shall fail by what telling it meets. */
    private StepResult report(final StepContext context, final WorkflowStage stage) {
        if (plan.hasBegin(stage) && context.state(StagePlan.begin(stage)) != StepState.SUCCEEDED) {
            return StepResult.success();
        }
        final RunSnapshot run = context.kernel().tasks().run(context.run()).snapshot();
        final String problem =
                told.add(stage.stageId()) ? telling.ended(result(byId(run), run, stage), outputs(run, stage)) : "";
        return problem.isEmpty() ? StepResult.success() : StepResult.success().withDetail(problem);
    }

    // ------------------------------------------------------------------ before and after

    void started(final WorkflowRunHandle run) {
        telling.started(run.handle());
    }

    /** How far it is. */
    WorkflowProgress progress(final RunSnapshot run) {
        final Map<String, StepSnapshot> steps = byId(run);
        final Map<String, WorkflowStatus> stages = new LinkedHashMap<>();
        int total = 0;
        int ended = 0;
        int failed = 0;
        for (final WorkflowStage stage : plan.stages()) {
            for (final WorkflowStep step : stage.steps()) {
                final StepState state = steps.get(step.stepId()).state();
                total++;
                ended += state.isFinal() ? 1 : 0;
                failed += state == StepState.FAILED ? 1 : 0;
            }
            stages.put(stage.stageId(), status(steps, stage));
        }
        return new WorkflowProgress(plan.config().workflowId(), total, ended, failed, stages);
    }

    private WorkflowStatus status(final Map<String, StepSnapshot> steps, final WorkflowStage stage) {
        final StepState begin =
                plan.hasBegin(stage) ? steps.get(StagePlan.begin(stage)).state() : StepState.SUCCEEDED;
        if (begin != StepState.SUCCEEDED) {
            return begin.isFinal() ? WorkflowStatus.SKIPPED : WorkflowStatus.PENDING;
        }
        final StepSnapshot end = steps.get(StagePlan.end(stage));
        return end.state().isFinal() ? status(end) : WorkflowStatus.IN_PROGRESS;
    }

    WorkflowResult finished(final RunSnapshot run) {
        final Map<String, StepSnapshot> steps = byId(run);
        final List<StageResult> stages = new ArrayList<>();
        double sequentialMs = 0;
        for (final WorkflowStage stage : plan.stages()) {
            final StageResult result = result(steps, run, stage);
            stages.add(result);
            sequentialMs += result.sequentialMs();
            if (result.status() != WorkflowStatus.SKIPPED && told.add(stage.stageId())) {
                telling.ended(result, outputs(run, stage));
            }
        }
        final double durationMs = Clocks.ms(run.finishedNs() - run.startedNs());
        final WorkflowResult result = new WorkflowResult(
                plan.config().workflowId(),
                plan.config().workflowName(),
                run.handle(),
                status(run, stages),
                run.state() == RunState.EXPIRED,
                stages,
                durationMs,
                durationMs == 0 ? 1 : sequentialMs / durationMs,
                Clocks.instant(run.startedNs()),
                Clocks.instant(run.finishedNs()));
        telling.finished(result);
        return result;
    }

    private static WorkflowStatus status(final RunSnapshot run, final List<StageResult> stages) {
        return switch (run.state()) {
            case CANCELLED ->
                stages.stream().anyMatch(stage -> stage.status() == WorkflowStatus.FAILED)
                        ? WorkflowStatus.FAILED
                        : WorkflowStatus.CANCELLED;
            case EXPIRED -> WorkflowStatus.FAILED;
            default ->
                stages.stream()
                                .allMatch(stage -> stage.status() == WorkflowStatus.COMPLETED
                                        || stage.status() == WorkflowStatus.SKIPPED)
                        ? WorkflowStatus.COMPLETED
                        : WorkflowStatus.FAILED;
        };
    }

    private static Map<String, StepSnapshot> byId(final RunSnapshot run) {
        final Map<String, StepSnapshot> steps = new HashMap<>();
        run.steps().forEach(step -> steps.put(step.id(), step));
        return steps;
    }

    private StageResult result(
            final Map<String, StepSnapshot> steps, final RunSnapshot run, final WorkflowStage stage) {
        final StepSnapshot begin = plan.hasBegin(stage) ? steps.get(StagePlan.begin(stage)) : null;
        final StepSnapshot end = steps.get(StagePlan.end(stage));
        final boolean began = begin == null || begin.state() == StepState.SUCCEEDED;
        final long beginNs = begin == null ? run.startedNs() : begin.sinceNs();
        final double durationMs = began ? Clocks.ms(end.sinceNs() - beginNs) : 0;
        final List<WorkflowStepResult> results = new ArrayList<>();
        double sequentialMs = 0;
        for (final WorkflowStep step : stage.steps()) {
            final WorkflowStepResult result = result(steps.get(step.stepId()), began);
            results.add(result);
            sequentialMs += result.durationMs();
        }
        return new StageResult(
                stage.stageId(),
                stage.stageNumber(),
                stage.stageName(),
                began ? status(end) : WorkflowStatus.SKIPPED,
                began ? reason(end, results) : whySkipped(steps, stage),
                HeldResults.isTimedOut(end),
                results,
                durationMs,
                durationMs == 0 ? 1 : sequentialMs / durationMs);
    }

    private static WorkflowStatus status(final StepSnapshot end) {
        return end.state() == StepState.SUCCEEDED || end.state() == StepState.SKIPPED
                ? WorkflowStatus.COMPLETED
                : WorkflowStatus.of(end.state());
    }

    private static String reason(final StepSnapshot end, final List<WorkflowStepResult> results) {
        if (HeldResults.isTimedOut(end)) {
            return "its time was up";
        }
        final long failed = results.stream()
                .filter(step -> step.status() == WorkflowStatus.FAILED)
                .count();
        return switch (end.state()) {
            case SUCCEEDED, SKIPPED -> "";
            case CANCELLED -> failed > 0 ? failed + " of " + results.size() + " steps failed" : "stopped";
            default -> failed + " of " + results.size() + " steps failed";
        };
    }

    private String whySkipped(final Map<String, StepSnapshot> steps, final WorkflowStage stage) {
        for (final String dependency : stage.dependencies()) {
            final WorkflowStage other = plan.stages().stream()
                    .filter(each -> each.stageId().equals(dependency))
                    .findFirst()
                    .orElseThrow();
            if (status(steps.get(StagePlan.end(other))) != WorkflowStatus.COMPLETED) {
                return "stage '" + dependency + "', which it depends on, has not completed";
            }
        }
        return "the workflow was stopped before it";
    }

    private WorkflowStepResult result(final StepSnapshot step, final boolean began) {
        final boolean isUnrun = step.state() == StepState.CANCELLED && (step.attempts() == 0 || !began);
        return held.result(
                step, isUnrun ? WorkflowStatus.SKIPPED : WorkflowStatus.of(step.state()), HeldResults.error(step));
    }
}
