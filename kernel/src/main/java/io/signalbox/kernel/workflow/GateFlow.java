package io.signalbox.kernel.workflow;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;

/** How a gate ends when its members have decided it, and what becomes of those that no longer matter. */
final class GateFlow {
    /** Exit code of a gate whose members decided against it. */
    static final int DECIDED_AGAINST = 1;

    private final Recorder recorder;

    GateFlow(final Recorder recorder) {
        this.recorder = recorder;
    }

    /** A member has ended, or the run was opened: end the gate if that decides it. */
    void settle(final WorkflowRun run, final int gate) {
        final Verdict verdict = Verdict.of(run, gate);
        if (verdict != Verdict.OPEN) {
            record(recorder, run, gate, verdict, DECIDED_AGAINST);
        }
    }

    /** End a gate as its members have decided. */
    static void record(
            final Recorder recorder, final WorkflowRun run, final int gate, final Verdict verdict, final int exitCode) {
        final int winner = verdict == Verdict.SUCCEEDED ? Verdict.winner(run, gate) : -1;
        final int quality = winner < 0 ? WorkflowRun.QUALITY_MAX : run.qualities[winner];
        final long step = Fact.pair(gate, run.attempts[gate]);
        switch (verdict) {
            case SUCCEEDED ->
                recorder.record(
                        FactType.STEP_SUCCEEDED, winner + 1, run.coordination, run.handle, step, 0, quality);
            case FAILED ->
                recorder.record(FactType.STEP_FAILED, 0, run.coordination, run.handle, step, exitCode, 0);
            case SKIPPED -> recorder.record(FactType.STEP_SKIPPED, 0, run.coordination, run.handle, step, 0, 0);
            case SUPERFLUOUS -> dropped(recorder, run, gate);
            case OPEN -> throw new IllegalStateException("gate " + gate + " is not decided");
        }
    }

    /** A step no longer matters. */
    static void dropped(final Recorder recorder, final WorkflowRun run, final int step) {
        recorder.record(
                FactType.STEP_CANCELLED,
                1,
                run.coordination,
                run.handle,
                Fact.pair(step, run.attempts[step]),
                0,
                Long.MAX_VALUE);
    }

    /**
     * After the end of a step: cancel those of its needs that mattered only to it. A gate drops its members unless it leaves them alone; a step that
     * was itself dropped drops what nobody else wants.
     *
     * @return the number of needs that have been looked at; when it is less than there are, the turn is full.
     */
    int dropNeeds(final WorkflowRun run, final Fact fact, final int from) {
        final int step = fact.step();
        final int count = run.plan.needCount(step);
        final boolean isDropped = fact.type() == FactType.STEP_CANCELLED && fact.extra() == 1;
        final boolean isDecided = run.plan.isGate(step)
                && (fact.type() == FactType.STEP_SUCCEEDED || fact.type() == FactType.STEP_FAILED)
                && run.plan.step(step).gate().superfluous() != Superfluous.LEAVE;
        if (run.state != RunState.RUNNING || !(isDropped || isDecided)) {
            return count;
        }
        for (int i = from; i < count; i++) {
            if (!recorder.hasRoom()) {
                return i;
            }
            final int need = run.plan.need(step, i);
            if (!run.state(need).isFinal() && (isDecided || run.wanted[need] == 0)) {
                dropped(recorder, run, need);
            }
        }
        return count;
    }
}
