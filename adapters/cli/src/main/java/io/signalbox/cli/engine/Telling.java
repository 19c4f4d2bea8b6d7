package io.signalbox.cli.engine;

import io.signalbox.cli.view.BlockEnd;
import io.signalbox.cli.view.RetryScheduled;
import io.signalbox.cli.view.RunView;
import io.signalbox.cli.view.StepEnd;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells a view what becomes of the steps of a run, each end once. Any thread. */
final class Telling {
    private final LiveRun live;
    private final RunView view;
    private final Set<Integer> told = ConcurrentHashMap.newKeySet();
    private final Set<Integer> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger retries = new AtomicInteger();

    Telling(final LiveRun live, final RunView view) {
        this.live = live;
        this.view = view;
    }

    /** Nothing is to be said of the end of a step: it has been said. */
    void silence(final int index) {
        told.add(index);
    }

    void started(final Plan.PlannedStep planned, final int attempt, final long pid) {
        running.add(planned.index());
        view.stepStarted(planned.id(), attempt, pid);
    }

    void stopped(final int index) {
        running.remove(index);
    }

    void skipped(final Plan.PlannedStep planned, final String why) {
        if (told.add(planned.index()) && !planned.step().isHidden()) {
            view.stepSkipped(planned.id(), why);
        }
    }

    /** The end of an attempt has been journaled. */
    void attemptEnded(final Tasks.Task task, final Plan.PlannedStep planned, final AttemptResult result) {
        final StepSnapshot now = live.step(planned.index());
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
                    planned.step().flow().recovery().retriesMax(planned.step().retry()) + 1,
                    now.state() == io.signalbox.kernel.workflow.StepState.BACKING_OFF ? delayMs : 0,
                    result.elapsedMs(),
                    result.message()));
            return;
        }
        told.add(planned.index());
        final Path log = live.folder().attempt(planned.id(), task.attempt()).stderr();
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

    /** What the kernel decided without a worker: steps that are skipped or cancelled with others, blocks that have ended. */
    void decisions() {
        for (final StepSnapshot step : live.record().snapshot().steps()) {
            decision(step);
        }
    }

    /** The blocks among them. */
    void blocks() {
        for (final Plan.PlannedStep block : live.blocks()) {
            if (!told.contains(block.index())) {
                final StepSnapshot now = live.step(block.index());
                if (now.state().isFinal() && areMembersTold(block)) {
                    decision(now);
                }
            }
        }
    }

    /** What a block was decided by is told before it. */
    private boolean areMembersTold(final Plan.PlannedStep block) {
        for (final int member : block.needs()) {
            if (!told.contains(member) && isWorkersEnd(live.step(member).state())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWorkersEnd(final io.signalbox.kernel.workflow.StepState state) {
        return state == io.signalbox.kernel.workflow.StepState.SUCCEEDED
                || state == io.signalbox.kernel.workflow.StepState.FAILED;
    }

    void decision(final StepSnapshot step) {
        if (!step.state().isFinal() || running.contains(step.index()) || !isDecided(step) || !told.add(step.index())) {
            return;
        }
        final Plan.PlannedStep planned = live.words().planned(step);
        if (planned.step().isHidden() || planned.isOpened()) {
            return;
        }
        final StepState state = live.words().state(step);
        if (planned.isGate() && state != StepState.SKIPPED && state != StepState.CANCELLED) {
            view.blockFinished(end(planned, step, state));
        } else if (state == StepState.SKIPPED) {
            view.stepSkipped(step.id(), live.leftOut().why(planned).orElse("a step it needs was skipped"));
        } else if (state == StepState.CANCELLED) {
            if (planned.undoes().isEmpty()) {
                view.stepCancelled(step.id(), RunReader.cancelled(live.record(), step));
            }
        } else {
            view.stepFinished(new StepEnd(
                    step.id(),
                    Math.max(1, step.attempts()),
                    state,
                    OptionalInt.empty(),
                    0,
                    state.isFailure() ? live.record().failure(step) : "",
                    List.of(),
                    Optional.empty()));
        }
    }

    /** A step that a worker ends is told by that worker. */
    private boolean isDecided(final StepSnapshot step) {
        final Plan.PlannedStep planned = live.words().planned(step);
        return !planned.isTask()
                || step.state() == io.signalbox.kernel.workflow.StepState.SKIPPED
                || step.state() == io.signalbox.kernel.workflow.StepState.CANCELLED;
    }

    private BlockEnd end(final Plan.PlannedStep planned, final StepSnapshot step, final StepState state) {
        final Run.Gate gate = planned.gate().orElseThrow();
        final RunRecord now = live.record();
        final long startedNs = now.plan()
                .step(gate.timerFrom())
                .map(from -> now.snapshot().steps().get(from.index()).sinceNs())
                .orElseGet(() -> planned.needs().stream()
                        .flatMap(member -> now.plan().steps().get(member).needs().stream())
                        .filter(need -> !planned.needs().contains(need))
                        .mapToLong(need -> now.snapshot().steps().get(need).sinceNs())
                        .max()
                        .orElse(now.snapshot().startedNs()));
        return new BlockEnd(
                planned.id(),
                state,
                Math.max(0, step.sinceNs() - startedNs) / 1_000_000,
                now.winner(step),
                state.isFailure() ? now.failure(step) : "");
    }

    /** Attempts that were followed by another. */
    int retries() {
        return retries.get();
    }
}
