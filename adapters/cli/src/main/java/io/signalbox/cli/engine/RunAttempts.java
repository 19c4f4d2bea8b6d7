package io.signalbox.cli.engine;

import io.signalbox.cli.process.AttemptEnd;
import io.signalbox.cli.process.SpawnException;
import io.signalbox.cli.process.StepProcess;
import io.signalbox.cli.process.StopReason;
import io.signalbox.cli.view.RunView;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.Receipt;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.pattern.IncomparableResultsException;
import io.signalbox.kernel.recovery.RecoveryHistory;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.ExpressionException;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Run;
import io.signalbox.yaml.Scope;
import io.signalbox.yaml.Template;
import io.signalbox.yaml.UnresolvedPlaceholderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** The attempts of one run: condition, process, result, report. One thread for each attempt; the others any thread. */
final class RunAttempts {
    private static final long ROOM_MIN_BYTES = 1 << 20;

    private record Running(int attempt, StepProcess process) {}

    private final Kernel kernel;
    private final LiveRun live;
    private final RunFolder folder;
    private final RunView view;
    private final StepAttempts steps;
    private final PatternAttempts patterns;
    private final Scopes scopes;
    private final Telling telling;
    private final Map<Integer, Running> running = new ConcurrentHashMap<>();
    private final Set<Long> unwanted = ConcurrentHashMap.newKeySet();
    private final AtomicLong elapsedMs = new AtomicLong();
    private final ScheduledThreadPoolExecutor timeouts = new ScheduledThreadPoolExecutor(1, task -> {
        final Thread thread = new Thread(task, "signalbox-timeouts");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopping;

    RunAttempts(final Kernel kernel, final LiveRun live, final Map<String, String> environment, final RunView view) {
        this.kernel = kernel;
        this.live = live;
        this.view = view;
        folder = live.folder();
        timeouts.setRemoveOnCancelPolicy(true);
        steps = new StepAttempts(live.definition().workflow(), folder, environment);
        patterns = new PatternAttempts(live.root(), folder, live.plan());
        telling = new Telling(live, view);
        scopes = new Scopes(live, environment);
    }

    /** Make one attempt and report its end; returns when nothing of it lives. */
    void attempt(final Tasks.Task task, final Plan.PlannedStep planned) throws IOException {
        if (!isWanted(task, planned)) {
            return;
        }
        final Optional<String> leftOut = live.leftOut().why(planned);
        if (leftOut.isPresent()) { // A step that judges what it needs is offered all the same.
            skip(task, planned, leftOut.get());
            return;
        }
        final Scope own = scopes.of(planned);
        try {
            if (planned.step().when().isPresent()
                    && !planned.step().when().get().evaluate(own)) {
                skip(task, planned, "when: " + planned.step().when().get().text() + " is false");
                return;
            }
        } catch (final UnresolvedPlaceholderException | ExpressionException e) {
            final String message = steps.masker().mask("when: " + e.getMessage());
            report(task, planned, AttemptResult.notStarted(SpawnException.NOT_RUNNABLE, message), true);
            return;
        }
        if (planned.step().run() instanceof Run.Condition) {
            kernel.tasks().finish(task, StepEnding.SUCCEEDED, 0, new byte[0], new byte[0]);
            return;
        }
        if (planned.step().run() instanceof Run.AfterFailure after) {
            afterFailure(task, planned, after.step());
            return;
        }
        Map<String, String> told = Map.of();
        if (planned.step().run() instanceof Run.PatternTask about) {
            if (!patterns.isWanted(planned, about)) {
                skip(task, planned, "its condition says no");
                return;
            }
            if (about.run().isEmpty()) {
                report(task, planned, patterns.decided(planned, about), true);
                return;
            }
            try {
                told = patterns.told(planned, about, task.attempt());
            } catch (final IncomparableResultsException e) {
                report(task, planned, AttemptResult.notStarted(1, e.getMessage()), true);
                return;
            }
        }
        final StepRecovery recovery = new StepRecovery(folder, planned);
        final StepSnapshot now = live.step(planned.index());
        final RecoveryHistory history = recovery.history(now);
        final Optional<JsonNode> fallback = recovery.fallback(history);
        if (fallback.isPresent()) {
            degrade(task, planned, fallback.get());
            return;
        }
        recovery.notice(history, task.attempt()).ifPresent(view::notice);
        final Map<String, String> variables = new LinkedHashMap<>(told);
        variables.putAll(recovery.variables(history, now));
        final StepProcess process;
        try {
            process = steps.spawn(planned, task.attempt(), recovery.way(history), variables, own);
        } catch (final SpawnException e) {
            report(task, planned, steps.refused(e), false);
            return;
        }
        execute(task, planned, process);
    }

    /** The question of a step that asks a person. */
    String question(final Plan.PlannedStep planned) {
        final Template message = ((Run.Approval) planned.step().run()).message();
        try {
            return steps.masker().mask(message.render(scopes.of(planned)));
        } catch (final UnresolvedPlaceholderException e) {
            return message.text();
        }
    }

    private void degrade(final Tasks.Task task, final Plan.PlannedStep planned, final JsonNode fallback) {
        final String message = "degraded: every attempt failed, its fallback is its result";
        view.notice(planned.id() + ": " + message);
        report(
                task,
                planned,
                new AttemptResult(
                        StepState.SUCCEEDED,
                        OptionalInt.empty(),
                        Optional.of(fallback),
                        Optional.empty(),
                        Map.of(),
                        message,
                        List.of(),
                        0),
                false);
    }

    private void afterFailure(final Tasks.Task task, final Plan.PlannedStep planned, final String other) {
        final boolean hasFailed = live.plan()
                .step(other)
                .map(step -> live.step(step.index()))
                .filter(step -> step.state() == io.signalbox.kernel.workflow.StepState.FAILED)
                .filter(StepRecovery::asksAPerson)
                .isPresent();
        if (hasFailed) {
            kernel.tasks().finish(task, StepEnding.SUCCEEDED, 0, new byte[0], new byte[0]);
        } else {
            skip(task, planned, other + " has not failed");
        }
    }

    /** Finish a step as it ended in an earlier run. */
    void carry(final Tasks.Task task, final Plan.PlannedStep planned, final Carried.End end) {
        final StepEnding ending = switch (end.state()) {
            case SUCCEEDED -> StepEnding.SUCCEEDED;
            case SKIPPED -> StepEnding.SKIPPED;
            default -> StepEnding.FAILED_FOR_GOOD;
        };
        telling.silence(planned.index());
        kernel.tasks().finish(task, ending, end.exitCode(), end.quality(), end.result(), end.detail());
    }

    private void execute(final Tasks.Task task, final Plan.PlannedStep planned, final StepProcess process)
            throws IOException {
        running.put(planned.index(), new Running(task.attempt(), process));
        try {
            final boolean isStarted = journalStart(task, planned, process);
            ScheduledFuture<?> timeout = null;
            if (isStarted) {
                telling.started(planned, task.attempt(), process.identity().pid());
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
                running.remove(planned.index());
                telling.stopped(planned.index());
                if (!stopping) {
                    telling.decision(live.step(planned.index()));
                }
                return;
            }
            if (end.trouble().isPresent() && hasNoRoom()) {
                throw new IOException(end.trouble().get());
            }
            conclude(task, planned, end);
        } finally {
            running.remove(planned.index());
            telling.stopped(planned.index());
        }
    }

    /** A full disk is no fault of the step: its attempt is not reported, so that resume repeats it. */
    private boolean hasNoRoom() throws IOException {
        return Files.getFileStore(folder.root()).getUsableSpace() < ROOM_MIN_BYTES;
    }

    private boolean isWanted(final Tasks.Task task, final Plan.PlannedStep planned) {
        return !stopping && !unwanted.contains(key(planned.index(), task.attempt()));
    }

    /** Pid and start time are in the journal before the command starts. False when the attempt is no longer wanted. */
    private boolean journalStart(final Tasks.Task task, final Plan.PlannedStep planned, final StepProcess process) {
        if (!isWanted(task, planned)) {
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
        return accepted && isWanted(task, planned);
    }

    private void skip(final Tasks.Task task, final Plan.PlannedStep planned, final String why) {
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
        if (receipt.isAccepted()) {
            telling.skipped(planned, why);
        }
        telling.decisions();
    }

    private void report(
            final Tasks.Task task,
            final Plan.PlannedStep planned,
            final AttemptResult result,
            final boolean isForGood) {
        report(task, planned, result, 1, isForGood);
    }

    private void report(
            final Tasks.Task task,
            final Plan.PlannedStep planned,
            final AttemptResult result,
            final double quality,
            final boolean isForGood) {
        final boolean isSuccess = result.state() == StepState.SUCCEEDED;
        final Optional<AttemptRecord.Recovered> recovered = isSuccess || isForGood || StepRecovery.isNone(planned)
                ? Optional.empty()
                : Optional.of(
                        new StepRecovery(folder, planned).judge(live.step(planned.index()), task.attempt(), result));
        final boolean isOver =
                isForGood || recovered.filter(AttemptRecord.Recovered::isOver).isPresent();
        final StepEnding failure = isOver ? StepEnding.FAILED_FOR_GOOD : StepEnding.FAILED;
        final Receipt receipt = kernel.tasks()
                .finish(
                        task,
                        isSuccess ? StepEnding.SUCCEEDED : failure,
                        result.exitCode().orElse(0),
                        quality,
                        AttemptRecord.result(result, planned.step().result()),
                        AttemptRecord.detail(result, folder.root(), recovered));
        if (!receipt.isAccepted()) {
            return;
        }
        telling.attemptEnded(task, planned, result);
        if (isSuccess) {
            telling.blocks();
        } else {
            telling.decisions();
        }
    }

    /** A result that somebody compares must have a quality that can be compared. */
    private void conclude(final Tasks.Task task, final Plan.PlannedStep planned, final AttemptEnd end)
            throws IOException {
        final AttemptResult result = steps.conclude(planned, task.attempt(), end);
        double quality = 1;
        if (result.state() == StepState.SUCCEEDED && Quality.isCompared(live.plan(), planned)) {
            try {
                quality = Quality.of(
                        result.result(),
                        folder.attempt(planned.id(), task.attempt()).out());
            } catch (final Quality.QualityException e) {
                report(task, planned, AttemptResult.notStarted(end.exitCode(), e.getMessage()), false);
                return;
            }
        }
        report(task, planned, result, quality, false);
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

    /** The times of all attempts of this command together, in milliseconds. */
    long elapsedMs() {
        return elapsedMs.get();
    }

    /** What the placeholders of steps see. */
    Scopes scopes() {
        return scopes;
    }

    /** A text without the secrets of the run. */
    String masked(final String text) {
        return steps.masker().mask(text);
    }

    /** What the view is told. */
    Telling telling() {
        return telling;
    }
}
