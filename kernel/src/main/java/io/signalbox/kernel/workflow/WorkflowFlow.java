package io.signalbox.kernel.workflow;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;

/**
 * What follows from the facts of this room: the last need readies a step, a free place assigns it, the last step finishes the
 * run. Each method answers {@link #DONE}, or where to go on in a later turn; what it has recorded so far it does not repeat.
 */
public final class WorkflowFlow {
    /** Nothing is left to follow. */
    public static final long DONE = -1;

    private final Workflows workflows;
    private final Recorder recorder;

    public WorkflowFlow(final Workflows workflows, final Recorder recorder) {
        this.workflows = workflows;
        this.recorder = recorder;
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
        return finishIfDone(run, run.plan.stepCount());
    }

    /** STEP_READY, STEP_RETRIED: places may be free. */
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
        if (run.state(fact.step()) == StepState.PENDING && run.state == RunState.RUNNING) {
            record(FactType.STEP_READY, run, fact.step());
        }
        return DONE;
    }

    /** STEP_SUCCEEDED, STEP_SKIPPED, STEP_FAILED, STEP_CANCELLED: dependents, a free place, the end of the run. */
    public long onStepEnded(final Fact fact, final long cursor) {
        final WorkflowRun run = workflows.run(fact.run());
        if (run == null) {
            return DONE;
        }
        final int step = fact.step();
        if (fact.type() == FactType.STEP_FAILED
                && run.state == RunState.RUNNING
                && run.plan.definition().onError() == OnError.FAIL_FAST) {
            recorder.record(FactType.RUN_CANCELLING, RunState.FAILING.ordinal(), run.coordination, run.handle, 0, 0, 0);
        }
        for (int i = (int) Math.max(0, cursor); i < run.plan.dependentCount(step); i++) {
            if (!recorder.hasRoom()) {
                return i;
            }
            settle(run, run.plan.dependent(step, i));
        }
        final long rest = assign(run, run.plan.dependentCount(step));
        return rest == DONE ? finishIfDone(run, run.plan.dependentCount(step)) : rest;
    }

    /** RUN_CANCELLING: whatever has not ended is cancelled. */
    public long onRunCancelling(final Fact fact, final long cursor) {
        final WorkflowRun run = workflows.run(fact.run());
        if (run == null || run.state.isFinal()) {
            return DONE;
        }
        for (int step = (int) Math.max(0, cursor); step < run.plan.stepCount(); step++) {
            if (!recorder.hasRoom()) {
                return step;
            }
            if (!run.state(step).isFinal()) {
                record(FactType.STEP_CANCELLED, run, step);
            }
        }
        return finishIfDone(run, run.plan.stepCount());
    }

    /** COORDINATION_CLOSED: its runs are cancelled. */
    public long onCoordinationClosed(final Fact fact, final long cursor) {
        for (int slot = (int) Math.max(0, cursor); slot < workflows.used(); slot++) {
            if (!recorder.hasRoom()) {
                return slot;
            }
            final WorkflowRun run = workflows.runAt(slot);
            if (run.coordination == fact.coordination() && run.state == RunState.RUNNING) {
                recorder.record(
                        FactType.RUN_CANCELLING, RunState.CANCELLING.ordinal(), run.coordination, run.handle, 0, 0, 0);
            }
        }
        return DONE;
    }

    /** Decide what the end of its last need means for a step. */
    private void settle(final WorkflowRun run, final int step) {
        if (run.state(step) != StepState.PENDING || run.unmetNeeds[step] > 0 || run.state != RunState.RUNNING) {
            return;
        }
        if (run.plan.step(step).judgesNeeds()) {
            record(FactType.STEP_READY, run, step);
        } else if (run.needFailed[step]) {
            record(FactType.STEP_CANCELLED, run, step);
        } else {
            record(run.needSkipped[step] ? FactType.STEP_SKIPPED : FactType.STEP_READY, run, step);
        }
    }

    private long assign(final WorkflowRun run, final long resumeAt) {
        final int concurrencyMax = run.plan.definition().concurrencyMax();
        while (run.state == RunState.RUNNING
                && run.nextReady() >= 0
                && (concurrencyMax == 0 || run.inFlight < concurrencyMax)) {
            if (!recorder.hasRoom()) {
                return resumeAt;
            }
            final int step = run.nextReady();
            recorder.record(
                    FactType.TASK_ASSIGNED,
                    0,
                    run.coordination,
                    run.handle,
                    Fact.pair(step, run.attempts[step] + 1),
                    0,
                    WorkflowRules.deadline(run, step, recorder.timestampNs()));
        }
        return DONE;
    }

    private long finishIfDone(final WorkflowRun run, final long resumeAt) {
        if (run.open > 0 || run.state.isFinal()) {
            return DONE;
        }
        if (!recorder.hasRoom()) {
            return resumeAt;
        }
        final RunState end = switch (run.state) {
            case FAILING -> RunState.FAILED;
            case CANCELLING -> RunState.CANCELLED;
            default ->
                run.failed > 0 ? RunState.PARTLY_FAILED : run.cancelled > 0 ? RunState.CANCELLED : RunState.SUCCEEDED;
        };
        recorder.record(FactType.RUN_FINISHED, end.ordinal(), run.coordination, run.handle, 0, 0, 0);
        return DONE;
    }

    private void record(final FactType type, final WorkflowRun run, final int step) {
        recorder.record(type, 0, run.coordination, run.handle, Fact.pair(step, run.attempts[step]), 0, Long.MAX_VALUE);
    }
}
