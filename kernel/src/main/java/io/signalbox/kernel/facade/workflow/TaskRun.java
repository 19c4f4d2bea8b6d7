package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tasks of a schedule as a definition, and one execution of it. */
final class TaskRun implements WorkflowEngine.Functions {
    private static final String UNDO = "undo:";
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final RetryPolicy RETRY = Compiling.doubling(0, Duration.ofSeconds(1));

    private final Coordination coordination;
    private final Map<String, ScheduledTask> tasks;
    private final HeldResults held;

    TaskRun(final Coordination coordination, final Map<String, ScheduledTask> tasks, final ResultCodec codec) {
        this.coordination = coordination;
        this.tasks = tasks;
        held = new HeldResults(codec);
    }

    static WorkflowDefinition definition(
            final Map<String, ScheduledTask> tasks,
            final int maxConcurrent,
            final OnError onError,
            final List<LimitDefinition> limits) {
        final List<StepDefinition> steps = new ArrayList<>();
        tasks.values()
                .forEach(task ->
                        steps.add(Compiling.step(task.id(), task.dependencies(), task.terms(), TIMEOUT, RETRY)));
        tasks.values().stream()
                .filter(task -> task.undo() != null)
                .forEach(task -> steps.add(
                        Compiling.step(UNDO + task.id(), List.of(), StepTerms.STANDARD.withRetries(0), TIMEOUT, RETRY)
                                .compensating(task.id())));
        return WorkflowDefinition.of("tasks", steps)
                .withConcurrencyMax(maxConcurrent)
                .withOnError(onError)
                .withLimits(limits);
    }

    @Override
    public void restore(final RunSnapshot earlier) {
        held.restore(earlier);
    }

    @Override
    public StepResult perform(final StepContext context) throws Exception {
        final String id = context.step().id();
        if (context.step().isCompensation()) {
            final ScheduledTask undone = tasks.get(context.step().compensates());
            final Map<String, Object> result = Compiling.with(Map.of(), undone.id(), held.value(undone.id()));
            return held.perform(context, undone.undo(), work(context, undone, result));
        }
        final ScheduledTask task = tasks.get(id);
        final Map<String, Object> results = new LinkedHashMap<>();
        for (final String dependency : task.dependencies()) {
            if (context.state(dependency) == StepState.SUCCEEDED) {
                results.put(dependency, held.value(dependency));
            }
        }
        return held.perform(context, task.executor(), work(context, task, results));
    }

    private WorkContext work(final StepContext context, final ScheduledTask task, final Map<String, Object> results) {
        return new WorkContext(
                context,
                coordination,
                new WorkContext.Part("", "", task.id(), null, Map.of(), task.metadata(), Map.of()),
                Collections.unmodifiableMap(results),
                stage -> {
                    throw new IllegalArgumentException("task '" + task.id() + "' belongs to no stage");
                });
    }

    // ------------------------------------------------------------------ what came of it

    ScheduleResult result(final RunSnapshot run, final List<List<String>> waves) {
        final Map<String, StepSnapshot> steps = new LinkedHashMap<>();
        run.steps().forEach(step -> steps.put(step.id(), step));
        final Map<String, WorkflowStepResult> results = new LinkedHashMap<>();
        final Map<String, WorkflowStatus> statuses = new LinkedHashMap<>();
        for (final ScheduledTask task : tasks.values()) {
            final WorkflowStepResult result = result(task, steps);
            results.put(task.id(), result);
            statuses.put(task.id(), result.status());
        }
        return new ScheduleResult(
                WorkKind.TASKS.executionId(run.handle()),
                status(run.state()),
                run.state() == RunState.COMPENSATED,
                results,
                waves(waves, statuses),
                Clocks.ms(run.finishedNs() - run.startedNs()));
    }

    private WorkflowStepResult result(final ScheduledTask task, final Map<String, StepSnapshot> steps) {
        final StepSnapshot step = steps.get(task.id());
        return step.state() == StepState.CANCELLED && step.attempts() == 0
                ? held.result(step, WorkflowStatus.SKIPPED, whyNotRun(task, steps))
                : held.result(step, WorkflowStatus.of(step.state()), HeldResults.error(step));
    }

    private static String whyNotRun(final ScheduledTask task, final Map<String, StepSnapshot> steps) {
        return task.dependencies().stream()
                .filter(dependency -> Set.of(StepState.FAILED, StepState.CANCELLED)
                        .contains(steps.get(dependency).state()))
                .findFirst()
                .map(dependency -> "not run: '" + dependency + "', which it depends on, has not succeeded")
                .orElse("not run: the execution was stopped before it");
    }

    private static WorkflowStatus status(final RunState state) {
        return switch (state) {
            case SUCCEEDED -> WorkflowStatus.COMPLETED;
            case CANCELLED -> WorkflowStatus.CANCELLED;
            default -> WorkflowStatus.FAILED;
        };
    }

    static List<ExecutionWave> waves(final List<List<String>> waves, final Map<String, WorkflowStatus> statuses) {
        final List<ExecutionWave> summary = new ArrayList<>();
        for (final List<String> wave : waves) {
            final List<WorkflowStatus> of = wave.stream()
                    .map(task -> statuses.getOrDefault(task, WorkflowStatus.PENDING))
                    .toList();
            summary.add(new ExecutionWave(summary.size() + 1, wave, status(of)));
        }
        return summary;
    }

    private static WorkflowStatus status(final List<WorkflowStatus> tasks) {
        if (tasks.stream().allMatch(WorkflowStatus.PENDING::equals)) {
            return WorkflowStatus.PENDING;
        }
        if (!tasks.stream().allMatch(WorkflowStatus::isFinal)) {
            return WorkflowStatus.IN_PROGRESS;
        }
        return tasks.contains(WorkflowStatus.FAILED)
                ? WorkflowStatus.FAILED
                : tasks.contains(WorkflowStatus.CANCELLED) ? WorkflowStatus.CANCELLED : WorkflowStatus.COMPLETED;
    }
}
