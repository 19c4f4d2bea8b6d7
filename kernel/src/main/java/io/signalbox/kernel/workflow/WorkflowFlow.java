package io.signalbox.kernel.workflow;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;

/**
 * What follows from the facts of this room: the last need readies a step or decides a gate, a free place assigns it, the last step finishes the
 * run or begins to undo it. Each method answers {@link #DONE}, or where to go on in a later turn; what it has recorded so far it does not repeat.
 */
public final class WorkflowFlow {
    /** Nothing is left to follow. */
    public static final long DONE = -1;

    private final Workflows workflows;
    private final Crew crew;
    private final Recorder recorder;
    private final GateFlow gates;

    public WorkflowFlow(final Workflows workflows, final Crew crew, final Recorder recorder) {
        this.workflows = workflows;
        this.crew = crew;
        this.recorder = recorder;
        this.gates = new GateFlow(recorder);
    }

    /** RUN_STARTED, RUN_REOPENED: steps without open needs are ready. */
    public long onRunOpened(final Fact fact, final long cursor) {
        final WorkflowRun run = workflows.run(fact.run());
        if (run == null) {
            return DONE;
        }
        for (int step = (int) Math.max(0, cursor); step < run.plan.stepCount(); step++) {
            if (!recorder.hasRoom()) {
                return step;
            }
            settle(run, step);
        }
        return DONE;
    }

    /** STEP_READY, STEP_RETRIED, LIMIT_REFILLED: places may be free. */
    public long onPlaceOrStep(final Fact fact) {
        final WorkflowRun run = workflows.run(fact.run());
        return run == null ? DONE : assign(run, 0);
    }

    /** STEP_RELEASED: it is ready again, unless its run stops. */
    public long onStepReleased(final Fact fact) {
        final WorkflowRun run = workflows.run(fact.run());
        if (run == null) {
            return DONE;
        }
        if (run.state(fact.step()) == StepState.PENDING && run.state.isLive()) {
            record(FactType.STEP_READY, run, fact.step());
        }
        return DONE;
    }

    /** STEP_SUCCEEDED, STEP_SKIPPED, STEP_FAILED, STEP_CANCELLED: dependents, members, a free place, the end of the run. */
    public long onStepEnded(final Fact fact, final long cursor) {
        final WorkflowRun run = workflows.run(fact.run());
        if (run == null) {
            return DONE;
        }
        final int step = fact.step();
        if (fact.type() == FactType.STEP_FAILED && run.state == RunState.RUNNING) {
            stopByFailure(run, step);
        }
        final int dependents = run.plan.dependentCount(step);
        for (int i = (int) Math.max(0, cursor); i < dependents; i++) {
            if (!recorder.hasRoom()) {
                return i;
            }
            settle(run, run.plan.dependent(step, i));
        }
        final int end = dependents + run.plan.needCount(step);
        final int seen = dependents + gates.dropNeeds(run, fact, (int) Math.max(0, cursor - dependents));
        if (seen < end) {
            return seen;
        }
        final long rest = assign(run, end);
        final boolean isLast = run.endOrders[step] == run.ends; // what follows from the end of a gate comes after this
        return rest == DONE && isLast ? finishIfDone(run, end) : rest;
    }

    /** What the failure of a step means for the rest of the run. */
    private void stopByFailure(final WorkflowRun run, final int step) {
        if (run.plan.absorbsFailure(step) || run.plan.undoes(step) >= 0) {
            return;
        }
        final OnFailure onFailure = run.plan.step(step).onFailure();
        final OnError onError = run.plan.definition().onError();
        final boolean compensates =
                onFailure == OnFailure.COMPENSATE || (onFailure == OnFailure.INHERIT && onError == OnError.COMPENSATE);
        if (compensates || (onFailure == OnFailure.INHERIT && onError == OnError.FAIL_FAST)) {
            stop(recorder, run, RunState.FAILING, compensates);
        }
    }

    /** Begin to cancel what has not ended. */
    static void stop(final Recorder recorder, final WorkflowRun run, final RunState how, final boolean compensates) {
        recorder.record(
                FactType.RUN_CANCELLING, how.ordinal(), run.coordination, run.handle, compensates ? 1 : 0, 0, 0);
    }

    /** RUN_CANCELLING: whatever has not ended is cancelled. */
    public long onRunCancelling(final Fact fact, final long cursor) {
        final WorkflowRun run = workflows.run(fact.run());
        if (run == null || !run.state.isStopping()) {
            return DONE;
        }
        for (int step = (int) Math.max(0, cursor); step < run.plan.stepCount(); step++) {
            if (!recorder.hasRoom()) {
                return step;
            }
            if (!run.state(step).isFinal() && run.state(step) != StepState.DORMANT) {
                record(FactType.STEP_CANCELLED, run, step);
            }
        }
        return finishIfDone(run, run.plan.stepCount());
    }

    /** RUN_COMPENSATING: the first compensation. */
    public long onRunCompensating(final Fact fact) {
        final WorkflowRun run = workflows.run(fact.run());
        if (run != null) {
            undoNext(run);
        }
        return DONE;
    }

    /** COORDINATION_CLOSED: its runs are cancelled. */
    public long onCoordinationClosed(final Fact fact, final long cursor) {
        for (int slot = (int) Math.max(0, cursor); slot < workflows.used(); slot++) {
            if (!recorder.hasRoom()) {
                return slot;
            }
            final WorkflowRun run = workflows.runAt(slot);
            if (run.coordination == fact.coordination() && run.state == RunState.RUNNING) {
                stop(recorder, run, RunState.CANCELLING, run.plan.definition().onError() == OnError.COMPENSATE);
            }
        }
        return DONE;
    }

    /** Decide what the end of a need means for a step. */
    private void settle(final WorkflowRun run, final int step) {
        if (run.state(step) != StepState.PENDING || run.state != RunState.RUNNING) {
            return;
        }
        if (run.plan.isGate(step)) {
            gates.settle(run, step);
        } else if (run.unmetNeeds[step] == 0) {
            settleReadied(run, step);
        }
    }

    private void settleReadied(final WorkflowRun run, final int step) {
        final int needs = run.needs[step];
        if (run.plan.judgesNeeds(step)) {
            ready(run, step);
        } else if (StepMeaning.HARMFUL.isIn(needs)) {
            record(FactType.STEP_CANCELLED, run, step);
        } else if (StepMeaning.SUPERFLUOUS.isIn(needs)) {
            GateFlow.dropped(recorder, run, step);
        } else if (StepMeaning.SKIPPED.isIn(needs)) {
            record(FactType.STEP_SKIPPED, run, step);
        } else {
            ready(run, step);
        }
    }

    /** Nothing keeps a step from its work: a worker's, or somebody's outside. */
    private void ready(final WorkflowRun run, final int step) {
        if (run.plan.isExternal(step)) {
            recorder.record(
                    FactType.STEP_WAITING,
                    0,
                    run.coordination,
                    run.handle,
                    Fact.pair(step, run.attempts[step] + 1),
                    0,
                    WorkflowRules.deadline(run, step, recorder.timestampNs()));
        } else {
            record(FactType.STEP_READY, run, step);
        }
    }

    private long assign(final WorkflowRun run, final long resumeAt) {
        final int concurrencyMax = run.plan.definition().concurrencyMax();
        final long nowNs = recorder.timestampNs();
        while (run.state.isLive() && (concurrencyMax == 0 || run.inFlight < concurrencyMax)) {
            final int step = run.ready.next(nowNs);
            if (step < 0) {
                return DONE;
            }
            if (!recorder.hasRoom()) {
                return resumeAt;
            }
            final int limit = run.ready.blocker(step, nowNs);
            if (limit >= 0) {
                recorder.record(
                        FactType.STEP_BLOCKED,
                        0,
                        run.coordination,
                        run.handle,
                        Fact.pair(step, run.attempts[step]),
                        limit,
                        0);
            } else if (run.plan.isPlaced(step)) {
                place(run, step, nowNs);
            } else {
                offer(run, step, 0, nowNs);
            }
        }
        return DONE;
    }

    /** Give a step to the best agent that is free for it; without one it waits. */
    private void place(final WorkflowRun run, final int step, final long nowNs) {
        final int agent = crew.best(run.plan.step(step).scheduling().placement());
        if (agent == 0) {
            record(FactType.STEP_UNPLACED, run, step);
        } else {
            offer(run, step, agent, nowNs);
        }
    }

    private void offer(final WorkflowRun run, final int step, final int agent, final long nowNs) {
        recorder.record(
                FactType.TASK_ASSIGNED,
                agent == 0 ? 0 : crew.withOneMore(agent),
                run.coordination,
                run.handle,
                Fact.pair(step, run.attempts[step] + 1),
                agent,
                WorkflowRules.deadline(run, step, nowNs));
    }

    private long finishIfDone(final WorkflowRun run, final long resumeAt) {
        if (run.open > 0 || run.state.isFinal()) {
            return DONE;
        }
        if (!recorder.hasRoom()) {
            return resumeAt;
        }
        if (run.state == RunState.COMPENSATING && run.undoing.current() >= 0) {
            undoNext(run);
        } else if (run.state.isStopping() && run.compensates && Undoing.isNeeded(run)) {
            recorder.record(FactType.RUN_COMPENSATING, 0, run.coordination, run.handle, 0, 0, 0);
        } else {
            recorder.record(FactType.RUN_FINISHED, end(run).ordinal(), run.coordination, run.handle, 0, 0, 0);
        }
        return DONE;
    }

    /** The compensation whose turn it is, unless it runs already. */
    private void undoNext(final WorkflowRun run) {
        final int step = run.undoing.current();
        if (run.state(step) == StepState.DORMANT) {
            ready(run, step);
        }
    }

    private static RunState end(final WorkflowRun run) {
        return switch (run.state) {
            case FAILING -> RunState.FAILED;
            case CANCELLING -> RunState.CANCELLED;
            case EXPIRING -> RunState.EXPIRED;
            case COMPENSATING -> run.undoing.hasFailed() ? RunState.FAILED : RunState.COMPENSATED;
            case RUNNING, SUCCEEDED, FAILED, PARTLY_FAILED, CANCELLED, EXPIRED, COMPENSATED ->
                run.failed > 0 ? RunState.PARTLY_FAILED : run.cancelled > 0 ? RunState.CANCELLED : RunState.SUCCEEDED;
        };
    }

    private void record(final FactType type, final WorkflowRun run, final int step) {
        recorder.record(
                type,
                0,
                run.coordination,
                run.handle,
                Fact.pair(step, run.attempts[step]),
                run.holder(step, 0),
                Long.MAX_VALUE);
    }
}
