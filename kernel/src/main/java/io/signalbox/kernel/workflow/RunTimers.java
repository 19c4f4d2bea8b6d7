package io.signalbox.kernel.workflow;

import io.signalbox.kernel.deadline.DeadlineQueue;

/** The timers of runs: one for each step that has a time, one for the run, one for each limit that somebody waits for. */
final class RunTimers {
    /** Stands in place of a step: the time of the whole run is up. */
    static final int RUN = 0x2000_0000;
    /** Stands in place of a step, the index of the limit added: units have come back. */
    static final int LIMIT = 0x4000_0000;

    private final DeadlineQueue deadlines;

    RunTimers(final DeadlineQueue deadlines) {
        this.deadlines = deadlines;
    }

    /** Set when the time of a step is up; {@link Long#MAX_VALUE} for never. */
    void schedule(final WorkflowRun run, final int step, final long deadlineNs) {
        if (run.untilNs[step] != deadlineNs) {
            run.untilNs[step] = deadlineNs;
            set(timer(run, step), deadlineNs);
        }
    }

    /** The time of a step no longer matters; before the step moves on, since that forgets when it would have been. */
    void cancel(final WorkflowRun run, final int step) {
        if (run.untilNs[step] != Long.MAX_VALUE) {
            deadlines.cancel(timer(run, step));
        }
    }

    /** A run starts, or goes on after its end: its own time, and that of the gates that do not wait for somebody's end. */
    void arm(final WorkflowRun run, final long nowNs) {
        final long timeoutNs = run.plan.definition().timeoutNs();
        if (timeoutNs > 0) {
            set(timer(run, RUN), DeadlineQueue.due(nowNs, timeoutNs));
        }
        for (int step = 0; run.plan.hasGates() && step < run.plan.stepCount(); step++) {
            final int from = run.plan.timerFrom(step);
            if (from < 0 || run.state(from).isFinal()) {
                armGate(run, step, nowNs);
            }
        }
    }

    /** A step has ended: the time of gates that count from there begins. */
    void armGates(final WorkflowRun run, final int step, final long nowNs) {
        for (final int gate : run.plan.timed(step)) {
            armGate(run, gate, nowNs);
        }
    }

    private void armGate(final WorkflowRun run, final int step, final long nowNs) {
        final long timeoutNs = run.plan.timeoutNs(step);
        if (timeoutNs > 0 && run.plan.isGate(step) && run.state(step) == StepState.PENDING) {
            schedule(run, step, DeadlineQueue.due(nowNs, timeoutNs));
        }
    }

    /** A run stops or has ended: its own time no longer matters. */
    void disarm(final WorkflowRun run) {
        deadlines.cancel(timer(run, RUN));
    }

    /** The lines of a step's limits have changed: whoever stands at their heads is looked for again when the rate allows it. */
    void tend(final WorkflowRun run, final int step, final long nowNs) {
        for (int i = 0; i < run.plan.useCount(step); i++) {
            tendLimit(run, run.plan.usedLimit(step, i), nowNs);
        }
    }

    void tendLimit(final WorkflowRun run, final int limit, final long nowNs) {
        final int head = run.ready.head(limit);
        final int units = head < 0 ? 0 : run.ready.units(head, limit);
        set(
                timer(run, LIMIT + limit),
                run.limits.hasTokens(limit, units, nowNs) ? Long.MAX_VALUE : run.limits.hasTokensAtNs(limit, units));
    }

    private void set(final long timer, final long deadlineNs) {
        if (deadlineNs == Long.MAX_VALUE) {
            deadlines.cancel(timer);
        } else {
            deadlines.schedule(timer, deadlineNs);
        }
    }

    private static long timer(final WorkflowRun run, final int what) {
        return Workflows.TIMER_TAG | (run.handle & 0xFF_FFFF) << 32 | what;
    }
}
