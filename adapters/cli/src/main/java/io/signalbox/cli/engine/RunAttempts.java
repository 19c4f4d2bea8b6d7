package io.signalbox.cli.engine;

import io.signalbox.cli.process.AttemptEnd;
import io.signalbox.cli.process.SpawnException;
import io.signalbox.cli.process.StepProcess;
import io.signalbox.cli.process.StopReason;
import io.signalbox.cli.view.RetryScheduled;
import io.signalbox.cli.view.RunView;
import io.signalbox.cli.view.StepEnd;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.Receipt;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.ExpressionException;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Scope;
import io.signalbox.yaml.UnresolvedPlaceholderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The attempts of one run: condition, process, result, report. One thread for each attempt; the others any thread. */
final class RunAttempts {
    private static final long ROOM_MIN_BYTES = 1 << 20;

    private record Running(int attempt, StepProcess process) {}

    private final Kernel kernel;
    private final WorkflowRunHandle run;
    private final RunFolder folder;
    private final RunDefinition definition;
    private final Plan plan;
    private final RunView view;
    private final StepAttempts steps;
    private final RunScope scope;
    private final RunRecord record;
    private final Map<Integer, Running> running = new ConcurrentHashMap<>();
    private final Map<Integer, Scope.StepOutcome> outcomes = new ConcurrentHashMap<>();
    private final Set<Integer> told = ConcurrentHashMap.newKeySet();
    private final Set<Long> unwanted = ConcurrentHashMap.newKeySet();
    private final AtomicLong elapsedMs = new AtomicLong();
    private final AtomicInteger retries = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timeouts = new ScheduledThreadPoolExecutor(1, task -> {
        final Thread thread = new Thread(task, "signalbox-timeouts");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopping;

    RunAttempts(
            final Kernel kernel,
            final WorkflowRunHandle run,
            final RunFolder folder,
            final RunDefinition definition,
            final Plan plan,
            final Map<String, String> environment,
            final RunView view) {
        this.kernel = kernel;
        this.run = run;
        this.folder = folder;
        this.definition = definition;
        this.plan = plan;
        this.view = view;
        record = new RunRecord(folder, definition, plan, run.snapshot());
        timeouts.setRemoveOnCancelPolicy(true);
        steps = new StepAttempts(definition.workflow(), folder, environment);
        scope = new RunScope(
                definition.inputs(),
                this::outcomes,
                environment,
                Optional.empty(),
                OptionalInt.empty(),
                folder.root(),
                definition.directory(),
                SelfClasspath.text());
    }

    /** Make one attempt and report its end; returns when nothing of it lives. */
    void attempt(final Tasks.Task task) throws IOException {
        if (!isWanted(task)) {
            return;
        }
        final Plan.PlannedStep planned = plan.steps().get(task.index());
        final RunScope own = planned.foreachItem()
                .map(item -> scope.forInstance(item, planned.foreachIndex().orElseThrow()))
                .orElse(scope);
        try {
            if (planned.step().when().isPresent()
                    && !planned.step().when().get().evaluate(own)) {
                skip(task, planned);
                return;
            }
        } catch (final UnresolvedPlaceholderException | ExpressionException e) {
            final String message = steps.masker().mask("when: " + e.getMessage());
            report(task, planned, AttemptResult.notStarted(SpawnException.NOT_RUNNABLE, message), true);
            return;
        }
        final StepProcess process;
        try {
            process = steps.spawn(planned, task.attempt(), own);
        } catch (final SpawnException e) {
            report(task, planned, steps.refused(e), false);
            return;
        }
        execute(task, planned, process);
    }

    private void execute(final Tasks.Task task, final Plan.PlannedStep planned, final StepProcess process)
            throws IOException {
        running.put(task.index(), new Running(task.attempt(), process));
        try {
            final boolean isStarted = journalStart(task, process);
            ScheduledFuture<?> timeout = null;
            if (isStarted) {
                view.stepStarted(
                        planned.id(), task.attempt(), process.identity().pid());
                process.go();
                timeout = planned.step()
                        .timeout()
                        .map(limit -> timeouts.schedule(
                                () -> process.stop(StopReason.TIMEOUT), limit.toMillis(), TimeUnit.MILLISECONDS))
                        .orElse(null);
            } else {
                process.stop(stopping ? StopReason.RUN_STOPPED : StopReason.CANCELLED);
            }
            final AttemptEnd end = process.end().join();
            if (timeout != null) {
                timeout.cancel(false);
            }
            if (isStarted) {
                elapsedMs.addAndGet(end.elapsedMs());
            }
            final boolean isOurs = end.stopped().isPresent() && end.stopped().get() != StopReason.TIMEOUT;
            if (isOurs || !isStarted) {
                running.remove(task.index());
                if (!stopping) {
                    tellDecision(run.step(task.index()));
                }
                return;
            }
            if (end.trouble().isPresent() && hasNoRoom()) {
                throw new IOException(end.trouble().get());
            }
            report(task, planned, steps.conclude(planned, task.attempt(), end), false);
        } finally {
            running.remove(task.index());
        }
    }

    /** A full disk is no fault of the step: its attempt is not reported, so that resume repeats it. */
    private boolean hasNoRoom() throws IOException {
        return Files.getFileStore(folder.root()).getUsableSpace() < ROOM_MIN_BYTES;
    }

    private boolean isWanted(final Tasks.Task task) {
        return !stopping && !unwanted.contains(key(task.index(), task.attempt()));
    }

    /** Pid and start time are in the journal before the command starts. False when the attempt is no longer wanted. */
    private boolean journalStart(final Tasks.Task task, final StepProcess process) {
        if (!isWanted(task)) {
            return false;
        }
        final boolean accepted;
        try {
            accepted = kernel.tasks()
                    .start(task, process.identity().text().getBytes(StandardCharsets.UTF_8))
                    .isAccepted();
        } catch (final RuntimeException | Error e) {
            process.stop(StopReason.RUN_STOPPED);
            process.end().join();
            throw e;
        }
        return accepted && isWanted(task);
    }

    private void skip(final Tasks.Task task, final Plan.PlannedStep planned) {
        final String why = "when: " + planned.step().when().orElseThrow().text() + " is false";
        final AttemptResult skipped = new AttemptResult(
                StepState.SKIPPED,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                why,
                List.of(),
                0);
        final Receipt receipt = kernel.tasks()
                .finish(task, StepEnding.SKIPPED, 0, new byte[0], AttemptRecord.detail(skipped, folder.root()));
        if (receipt.isAccepted() && told.add(task.index())) {
            view.stepSkipped(planned.id(), why);
        }
        tellDecisions();
    }

    private void report(
            final Tasks.Task task,
            final Plan.PlannedStep planned,
            final AttemptResult result,
            final boolean isForGood) {
        final boolean isSuccess = result.state() == StepState.SUCCEEDED;
        final StepEnding failure = isForGood ? StepEnding.FAILED_FOR_GOOD : StepEnding.FAILED;
        final Receipt receipt = kernel.tasks()
                .finish(
                        task,
                        isSuccess ? StepEnding.SUCCEEDED : failure,
                        result.exitCode().orElse(0),
                        AttemptRecord.result(result, planned.step().result()),
                        AttemptRecord.detail(result, folder.root()));
        if (!receipt.isAccepted()) {
            return;
        }
        tell(task, planned, result);
        if (!isSuccess) {
            tellDecisions();
        }
    }

    private void tell(final Tasks.Task task, final Plan.PlannedStep planned, final AttemptResult result) {
        final StepSnapshot now = run.step(task.index());
        final boolean isOver = result.state() == StepState.SUCCEEDED
                || now.state() == io.signalbox.kernel.workflow.StepState.FAILED && now.attempts() == task.attempt();
        if (now.state() == io.signalbox.kernel.workflow.StepState.CANCELLED) {
            return;
        }
        if (!isOver) {
            retries.incrementAndGet();
            final long delayMs = Math.max(0, (now.untilNs() - now.sinceNs()) / 1_000_000);
            view.retryScheduled(new RetryScheduled(
                    planned.id(),
                    task.attempt(),
                    planned.step().retry().max() + 1,
                    now.state() == io.signalbox.kernel.workflow.StepState.BACKING_OFF ? delayMs : 0,
                    result.elapsedMs(),
                    result.message()));
            return;
        }
        told.add(task.index());
        final Path log = folder.attempt(planned.id(), task.attempt()).stderr();
        view.stepFinished(new StepEnd(
                planned.id(),
                task.attempt(),
                result.state(),
                result.exitCode(),
                result.elapsedMs(),
                result.message(),
                result.stderrTail(),
                Files.exists(log) ? Optional.of(log) : Optional.empty()));
    }

    /** Tell the view what the kernel decided without a worker: steps that are skipped or cancelled with others. */
    void tellDecisions() {
        for (final StepSnapshot step : run.snapshot().steps()) {
            tellDecision(step);
        }
    }

    private void tellDecision(final StepSnapshot step) {
        final boolean isSkipped = step.state() == io.signalbox.kernel.workflow.StepState.SKIPPED;
        final boolean isCancelled = step.state() == io.signalbox.kernel.workflow.StepState.CANCELLED;
        if ((isSkipped || isCancelled) && !running.containsKey(step.index()) && told.add(step.index())) {
            if (isSkipped) {
                view.stepSkipped(step.id(), "a step it needs was skipped");
            } else {
                view.stepCancelled(step.id(), "another step failed");
            }
        }
    }

    /** An attempt is no longer wanted. */
    void stop(final int index, final int attempt, final StopReason reason) {
        unwanted.add(key(index, attempt));
        final Running present = running.get(index);
        if (present != null && present.attempt() == attempt) {
            present.process().stop(reason);
        }
    }

    /** The run is stopped: no attempt starts any more, those that run are ended and not reported, so that resume repeats them. */
    void stopAll() {
        stopping = true;
        running.values().forEach(present -> present.process().stop(StopReason.RUN_STOPPED));
    }

    private static long key(final int index, final int attempt) {
        return (long) index << 32 | attempt;
    }

    private Optional<Scope.StepOutcomes> outcomes(final String id) {
        final List<Scope.StepOutcome> instances = new ArrayList<>();
        boolean isForeach = false;
        for (final Plan.PlannedStep planned : plan.steps()) {
            if (planned.step().id().equals(id)) {
                instances.add(outcomes.computeIfAbsent(planned.index(), this::journaled));
                isForeach |= planned.foreachIndex().isPresent();
            }
        }
        final boolean isDeclaredForeach = definition
                .workflow()
                .step(id)
                .map(step -> step.foreach().isPresent())
                .orElse(false);
        return instances.isEmpty() && !isDeclaredForeach
                ? Optional.empty()
                : Optional.of(new Scope.StepOutcomes(isForeach || isDeclaredForeach, instances));
    }

    /** What the journal holds of a step that is over: the same for a run that went through and for one that was resumed. */
    private Scope.StepOutcome journaled(final int index) {
        final StepSnapshot step = run.step(index);
        final Scope.StepOutcome outcome = record.result(step)
                .map(RunAttempts::outcome)
                .orElse(new Scope.StepOutcome("", OptionalInt.empty(), Optional.empty(), Map.of()));
        return new Scope.StepOutcome(
                record.state(step).word(), outcome.exitCode(), outcome.result(), outcome.outputs());
    }

    private static Scope.StepOutcome outcome(final AttemptResult result) {
        final Map<String, String> paths = new LinkedHashMap<>();
        result.outputs().forEach((name, file) -> paths.put(name, file.path().toString()));
        return new Scope.StepOutcome(result.state().word(), result.exitCode(), result.result(), paths);
    }

    /** The times of all attempts of this command together, in milliseconds. */
    long elapsedMs() {
        return elapsedMs.get();
    }

    /** Attempts that were followed by another. */
    int retries() {
        return retries.get();
    }
}
