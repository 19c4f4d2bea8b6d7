package io.signalbox.kernel.machine;

import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.OnFailure;
import io.signalbox.kernel.workflow.StepKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What happens in runs: one thing after the other, each when all that came before it has been followed. */
final class NaiveRuns {
    private static final int TIMED_OUT = 124;
    private static final int BEST = 1_000_000;
    private static final byte[] NOTHING = {};

    private final Deque<Runnable> next = new ArrayDeque<>();
    private long finishes;
    long nowNs;

    void follow() {
        while (!next.isEmpty()) {
            next.remove().run();
        }
    }

    void opened(final NaiveRun run) {
        if (run.definition.said.timeoutNs() > 0) {
            run.setTime(NaiveRun.OF_THE_RUN, NaiveKernel.deadline(nowNs, run.definition.said.timeoutNs()));
        }
        IntStream.range(0, run.steps.size())
                .filter(index -> !run.definition.timerFrom.containsKey(index)
                        || run.steps.get(run.definition.timerFrom.get(index)).hasEnded())
                .forEach(index -> beginTime(run, index));
        next.add(() -> IntStream.range(0, run.steps.size()).forEach(index -> settle(run, index)));
    }

    private void beginTime(final NaiveRun run, final int gate) {
        if (run.definition.isGate(gate)
                && run.steps.get(gate).is("PENDING")
                && run.steps.get(gate).said.timeoutNs() > 0) {
            run.setTime(gate, deadline(run.steps.get(gate)));
        }
    }

    private long deadline(final NaiveRun.Step step) {
        return NaiveKernel.deadline(nowNs, step.said.timeoutNs());
    }

    private void settle(final NaiveRun run, final int index) {
        final NaiveRun.Step step = run.steps.get(index);
        if (!run.isRunning() || !step.is("PENDING")) {
            return;
        }
        if (run.definition.isGate(index)) {
            decide(run, index, run.verdict(index, false), 1);
        } else if (!run.hasOpenNeeds(step)) {
            final Set<Integer> needs = run.definition.needs.get(index);
            if (step.said.judgesNeeds()) {
                ready(run, step);
            } else if (needs.stream().anyMatch(run::isHarmful)) {
                cancelled(run, step, false);
            } else if (needs.stream().anyMatch(need -> run.steps.get(need).isSuperfluous)) {
                cancelled(run, step, true);
            } else if (needs.stream().anyMatch(need -> run.steps.get(need).is("SKIPPED"))) {
                ended(run, step, "SKIPPED", 0, NOTHING, NOTHING);
            } else {
                ready(run, step);
            }
        }
    }

    private void decide(final NaiveRun run, final int gate, final String verdict, final int exitCode) {
        final NaiveRun.Step step = run.steps.get(gate);
        switch (verdict) {
            case "OPEN" -> {}
            case "DROPPED" -> cancelled(run, step, true);
            case "SUCCEEDED" -> {
                step.winner = run.winner(gate);
                step.quality = step.winner < 0 ? BEST : run.steps.get(step.winner).quality;
                ended(run, step, verdict, 0, NOTHING, NOTHING);
            }
            default -> ended(run, step, verdict, verdict.equals("FAILED") ? exitCode : 0, NOTHING, NOTHING);
        }
    }

    private void ready(final NaiveRun run, final NaiveRun.Step step) {
        if (step.said.kind() == StepKind.EXTERNAL) {
            run.move(step, "WAITING", nowNs);
            step.attempts++;
            run.setTime(step.index, deadline(step));
        } else {
            queue(run, step);
        }
    }

    private void queue(final NaiveRun run, final NaiveRun.Step step) {
        run.move(step, "READY", nowNs);
        next.add(() -> assign(run));
    }

    private void assign(final NaiveRun run) {
        while (run.isLive() && run.hasPlace()) {
            final NaiveRun.Step step = run.next(nowNs);
            if (step == null) {
                return;
            }
            final int limit = run.blocker(step, nowNs);
            if (limit >= 0) {
                run.block(step, limit);
            } else {
                run.move(step, "ASSIGNED", nowNs);
                step.attempts++;
                step.worker = NOTHING;
                run.setTime(step.index, deadline(step));
            }
            run.watchAll(step, nowNs);
        }
    }

    void started(
            final NaiveRun run, final NaiveRun.Step step, final byte[] worker, final long leaseNs, final int owner) {
        run.move(step, "STARTED", nowNs);
        step.worker = worker;
        step.leaseNs = leaseNs == 0 ? step.said.scheduling().leaseNs() : leaseNs;
        step.owner = owner;
        heard(run, step);
    }

    /** The worker of a step was heard of just now. */
    void heard(final NaiveRun run, final NaiveRun.Step step) {
        final long leasedNs = step.leaseNs == 0 ? NaiveRun.NEVER : nowNs + step.leaseNs;
        run.setTime(step.index, Math.min(leasedNs, attemptUntilNs(step)));
    }

    private static long attemptUntilNs(final NaiveRun.Step step) {
        return NaiveKernel.deadline(step.sinceNs, step.said.timeoutNs());
    }

    void wentOn(final NaiveRun run, final NaiveRun.Step step, final NaiveRun child) {
        final long untilNs = attemptUntilNs(step);
        child.parent = run;
        child.parentStep = step.index;
        child.parentAttempt = step.attempts;
        child.depth = run.depth + 1;
        step.child = child;
        opened(child);
        run.move(step, "WAITING", nowNs);
        run.setTime(step.index, untilNs);
        next.add(() -> assign(run));
    }

    /** Nobody waits for the run that an attempt went on as. */
    private void abandon(final NaiveRun.Step step, final int attempt) {
        if (step.child != null && step.child.isRunning() && step.child.parentAttempt == attempt) {
            stop(step.child, "CANCELLING", false);
        }
    }

    private void tellParent(final NaiveRun child) {
        final NaiveRun run = child.parent;
        if (run == null || !child.hasEnded()) {
            return;
        }
        final NaiveRun.Step step = run.steps.get(child.parentStep);
        if (!step.is("WAITING") || step.attempts != child.parentAttempt || step.child != child) {
            return;
        }
        if (child.state.equals("SUCCEEDED")) {
            final List<NaiveRun.Step> last = child.steps.stream()
                    .filter(each -> !each.said.isCompensation())
                    .filter(each -> child.definition.dependents.get(each.index).isEmpty())
                    .toList();
            final boolean isOne = last.size() == 1;
            succeeded(run, step, 0, isOne ? last.get(0).quality : BEST, isOne ? last.get(0).result : NOTHING, NOTHING);
        } else {
            failed(run, step, child.state.equals("EXPIRED") ? TIMED_OUT : 1, NOTHING, why(child), true);
        }
    }

    private static byte[] why(final NaiveRun child) {
        final String start = "the run of 'w' that it started ended as " + child.state;
        return child.steps.stream()
                .filter(step -> step.is("FAILED"))
                .findFirst()
                .map(step -> start + "; step '" + step.said.id() + "' failed"
                        + (step.detail.length == 0 ? "" : ": " + new String(step.detail, StandardCharsets.UTF_8)))
                .orElse(start)
                .getBytes(StandardCharsets.UTF_8);
    }

    void succeeded(
            final NaiveRun run,
            final NaiveRun.Step step,
            final int exitCode,
            final int quality,
            final byte[] result,
            final byte[] detail) {
        step.quality = quality;
        step.winner = -1;
        ended(run, step, "SUCCEEDED", exitCode, result, detail);
    }

    void failed(
            final NaiveRun run,
            final NaiveRun.Step step,
            final int exitCode,
            final byte[] result,
            final byte[] detail,
            final boolean mayRetry) {
        if (!mayRetry || step.failures >= step.said.retry().retriesMax()) {
            ended(run, step, "FAILED", exitCode, result, detail);
            return;
        }
        keep(step, exitCode, result, detail);
        run.move(step, "BACKING_OFF", nowNs);
        long pauseNs = step.said.retry().backoffNs();
        for (int i = 0; i < step.failures; i++) {
            pauseNs *= (long) step.said.retry().factor();
        }
        run.setTime(step.index, nowNs + pauseNs);
        step.failures++;
        final int attempt = step.attempts;
        next.add(() -> {
            abandon(step, attempt);
            assign(run);
        });
    }

    void lost(final NaiveRun run, final NaiveRun.Step step) {
        run.move(step, "PENDING", nowNs);
        next.add(() -> {
            if (run.isLive() && step.is("PENDING")) {
                queue(run, step);
            }
        });
    }

    private static void keep(final NaiveRun.Step step, final int exitCode, final byte[] result, final byte[] detail) {
        step.exitCode = exitCode;
        step.result = result;
        step.detail = detail;
    }

    void ended(
            final NaiveRun run,
            final NaiveRun.Step step,
            final String state,
            final int exitCode,
            final byte[] result,
            final byte[] detail) {
        keep(step, exitCode, result, detail);
        run.move(step, state, nowNs);
        beginTimes(run, step);
        next.add(() -> afterEnd(run, step, state));
    }

    void cancelled(final NaiveRun run, final NaiveRun.Step step, final boolean isSuperfluous) {
        run.move(step, "CANCELLED", nowNs);
        step.isSuperfluous = isSuperfluous;
        run.watchAll(step, nowNs);
        beginTimes(run, step);
        next.add(() -> afterEnd(run, step, isSuperfluous ? "DROPPED" : "CANCELLED"));
    }

    private void beginTimes(final NaiveRun run, final NaiveRun.Step step) {
        run.definition.timed.getOrDefault(step.index, List.of()).forEach(gate -> beginTime(run, gate));
    }

    private void afterEnd(final NaiveRun run, final NaiveRun.Step step, final String how) {
        abandon(step, step.attempts);
        if (how.equals("FAILED")
                && run.isRunning()
                && !run.definition.absorbs(step.index)
                && !step.said.isCompensation()) {
            final OnFailure onFailure = step.said.onFailure();
            final OnError onError = run.definition.said.onError();
            if (onFailure == OnFailure.COMPENSATE
                    || (onFailure == OnFailure.INHERIT && onError != OnError.COLLECT_ALL)) {
                stop(run, "FAILING", onFailure == OnFailure.COMPENSATE || onError == OnError.COMPENSATE);
            }
        }
        run.definition.dependents.get(step.index).forEach(dependent -> settle(run, dependent));
        final boolean hasDecided = run.definition.isGate(step.index)
                && Set.of("SUCCEEDED", "FAILED").contains(how)
                && !step.said.gate().superfluous().name().equals("LEAVE");
        for (final int need : run.definition.needs.get(step.index)) {
            if (run.isRunning()
                    && !run.steps.get(need).hasEnded()
                    && (hasDecided || (how.equals("DROPPED") && !run.isWanted(need)))) {
                cancelled(run, run.steps.get(need), true);
            }
        }
        assign(run);
        if (step.endedAs == run.ends) {
            finishIfDone(run);
        }
    }

    void stop(final NaiveRun run, final String how) {
        stop(run, how, run.definition.compensates());
    }

    private void stop(final NaiveRun run, final String how, final boolean compensates) {
        run.state = how;
        run.compensates = compensates;
        run.setTime(NaiveRun.OF_THE_RUN, NaiveRun.NEVER);
        next.add(() -> {
            if (!run.isStopping()) {
                return;
            }
            for (final NaiveRun.Step step : run.steps) {
                if (!step.hasEnded() && !step.is("DORMANT")) {
                    cancelled(run, step, false);
                }
            }
            finishIfDone(run);
        });
    }

    private void finishIfDone(final NaiveRun run) {
        if (run.hasEnded() || !run.open.isEmpty()) {
            return;
        }
        if (run.state.equals("COMPENSATING") && current(run) != null) {
            undoNext(run);
            return;
        }
        if (run.isStopping() && run.compensates && !run.undoable().isEmpty()) {
            run.toUndo = run.undoable();
            run.state = "COMPENSATING";
            next.add(() -> undoNext(run));
            return;
        }
        run.state = switch (run.state) {
            case "FAILING" -> "FAILED";
            case "CANCELLING" -> "CANCELLED";
            case "EXPIRING" -> "EXPIRED";
            case "COMPENSATING" ->
                run.toUndo.stream().map(run.steps::get).anyMatch(step -> step.is("FAILED") || step.is("CANCELLED"))
                        ? "FAILED"
                        : "COMPENSATED";
            default -> run.has("FAILED") ? "PARTLY_FAILED" : run.has("CANCELLED") ? "CANCELLED" : "SUCCEEDED";
        };
        run.setTime(NaiveRun.OF_THE_RUN, NaiveRun.NEVER);
        run.finishedNs = nowNs;
        run.finish = ++finishes;
        next.add(() -> tellParent(run));
    }

    private static NaiveRun.Step current(final NaiveRun run) {
        return run.toUndo.stream()
                .map(run.steps::get)
                .filter(step -> !step.hasEnded())
                .findFirst()
                .orElse(null);
    }

    private void undoNext(final NaiveRun run) {
        if (current(run) != null && current(run).is("DORMANT")) {
            ready(run, current(run));
        }
    }

    void reopened(final NaiveRun run) {
        final Set<Integer> again = run.again();
        for (final NaiveRun.Step step : run.steps) {
            final boolean isBackToSleep = step.said.isCompensation() && !step.is("DORMANT");
            if (again.contains(step.index) || isBackToSleep) {
                step.state = isBackToSleep ? "DORMANT" : "PENDING";
                step.sinceNs = nowNs;
                step.failures = 0;
                step.winner = -1;
                step.isSuperfluous = false;
            }
        }
        run.open.addAll(again);
        run.state = "RUNNING";
        run.compensates = false;
        run.toUndo = List.of();
        run.finishedNs = 0;
        opened(run);
    }

    /** When something happens by itself in one of these runs. */
    static long nextDeadlineNs(final List<NaiveRun> runs) {
        return runs.stream()
                .filter(run -> !run.clock.isEmpty())
                .mapToLong(run -> run.clock.first()[0])
                .min()
                .orElse(NaiveRun.NEVER);
    }

    /** All that is due happens, the earliest first, of the same moment by place; what follows from it comes later. */
    void pulse(final List<NaiveRun> runs) {
        while (nextDeadlineNs(runs) <= nowNs) {
            final NaiveRun run = runs.stream()
                    .filter(each -> !each.clock.isEmpty())
                    .min(Comparator.<NaiveRun>comparingLong(each -> each.clock.first()[0])
                            .thenComparingInt(each -> (int) each.handle))
                    .orElseThrow();
            due(run, (int) run.clock.first()[1]);
        }
    }

    private void due(final NaiveRun run, final int what) {
        run.setTime(what, NaiveRun.NEVER);
        if (what >= NaiveRun.OF_A_LIMIT) {
            run.pools.get(what - NaiveRun.OF_A_LIMIT).refill(nowNs);
            run.watch(what - NaiveRun.OF_A_LIMIT, nowNs);
            next.add(() -> assign(run));
        } else if (what >= NaiveRun.OF_THE_RUN) {
            stop(run, "EXPIRING");
        } else if (run.steps.get(what).is("BACKING_OFF")) {
            queue(run, run.steps.get(what));
        } else if (run.definition.isGate(what)) {
            decide(run, what, run.verdict(what, true), TIMED_OUT);
        } else if (run.steps.get(what).isInFlight()
                && run.steps.get(what).leaseNs > 0
                && nowNs < attemptUntilNs(run.steps.get(what))) {
            lost(run, run.steps.get(what));
        } else {
            failed(run, run.steps.get(what), TIMED_OUT, NOTHING, NOTHING, true);
        }
    }
}
