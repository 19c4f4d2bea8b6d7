package io.signalbox.kernel.workflow;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import java.nio.charset.StandardCharsets;

/** What follows for those who have steps: runs that a step went on as, and agents that steps were given to. */
public final class TaskFlow {
    private static final int DETAIL_MAX = 200;

    private final Workflows workflows;
    private final WorkflowRules rules;
    private final Crew crew;
    private final Recorder recorder;

    public TaskFlow(final Workflows workflows, final WorkflowRules rules, final Crew crew, final Recorder recorder) {
        this.workflows = workflows;
        this.rules = rules;
        this.crew = crew;
        this.recorder = recorder;
    }

    // ------------------------------------------------------------------ what has a step

    /** STEP_SUCCEEDED, STEP_SKIPPED, STEP_FAILED, STEP_CANCELLED, STEP_RETRIED, STEP_RELEASED: the run that it went on as is cancelled. Once for each fact. */
    public void onStepLeft(final Fact fact) {
        final WorkflowRun run = workflows.run(fact.run());
        final WorkflowRun child = run == null ? null : workflows.run(run.holds.child(fact.step()));
        if (child != null && child.state == RunState.RUNNING && child.isChildOf(run, fact.step(), fact.attempt())) {
            WorkflowFlow.stop(recorder, child, RunState.CANCELLING, false);
        }
    }

    /** RUN_FINISHED: the step that went on as this run ends with it. */
    public void onRunFinished(final Fact fact) {
        final WorkflowRun child = workflows.run(fact.run());
        final WorkflowRun run = child == null ? null : workflows.run(child.parent);
        if (run == null || !child.state.isFinal()) {
            return;
        }
        final int step = child.parentStep;
        if (run.state(step) != StepState.WAITING
                || run.attempts[step] != child.parentAttempt
                || run.holds.child(step) != child.handle) {
            return;
        }
        if (child.state == RunState.SUCCEEDED) {
            final int last = lastStep(child);
            final long result = last < 0 ? 0 : recorder.keep(WorkflowRun.orEmpty(child.results[last]));
            final int quality = last < 0 ? WorkflowRun.QUALITY_MAX : child.qualities[last];
            rules.record(FactType.STEP_SUCCEEDED, run, step, 0, quality, 0, result);
        } else {
            final int exitCode = child.state == RunState.EXPIRED ? WorkflowRules.TIMED_OUT : GateFlow.DECIDED_AGAINST;
            rules.fail(run, step, exitCode, 0, recorder.keep(why(child)), true);
        }
    }

    /** The only step of a run that nothing needs, or -1 when there are several. */
    private static int lastStep(final WorkflowRun run) {
        int last = -1;
        for (int step = 0; step < run.plan.stepCount(); step++) {
            if (run.plan.dependentCount(step) == 0 && run.plan.undoes(step) < 0) {
                if (last >= 0) {
                    return -1;
                }
                last = step;
            }
        }
        return last;
    }

    private static byte[] why(final WorkflowRun child) {
        final StringBuilder why = new StringBuilder("the run of '");
        why.append(child.plan.definition().name())
                .append("' that it started ended as ")
                .append(child.state);
        for (int step = 0; step < child.plan.stepCount(); step++) {
            if (child.state(step) == StepState.FAILED) {
                final byte[] detail = WorkflowRun.orEmpty(child.details[step]);
                why.append("; step '").append(child.plan.step(step).id()).append("' failed");
                if (detail.length > 0) {
                    why.append(": ")
                            .append(new String(detail, 0, Math.min(detail.length, DETAIL_MAX), StandardCharsets.UTF_8));
                }
                break;
            }
        }
        return why.toString().getBytes(StandardCharsets.UTF_8);
    }

    // ------------------------------------------------------------------ agents

    /**
     * Steps that wait for an agent may have found one: for each run as many of those that it can do are ready again as it may have more tasks.
     *
     * @return {@link WorkflowFlow#DONE}, or the slot of the run to go on with.
     */
    public long onAgentFree(final int agent, final long cursor) {
        final int free = crew.free(agent);
        for (int slot = (int) cursor; free > 0 && slot < workflows.used(); slot++) {
            final WorkflowRun run = workflows.runAt(slot);
            final StepList waiting = run.state.isLive() ? run.holds.unplaced() : null;
            if (waiting != null && waiting.size() > 0) {
                final int most = Math.min(free, recorder.room() - FactLog.RESERVE);
                if (most <= 0 || offerAgain(run, waiting, agent, most) == 0 && most < free) {
                    return slot;
                }
            }
        }
        return WorkflowFlow.DONE;
    }

    /** How many more could have been offered. */
    private int offerAgain(final WorkflowRun run, final StepList waiting, final int agent, final int free) {
        int left = free;
        final int end = waiting.end();
        for (int place = 0; place < end && left > 0; place++) {
            final int step = waiting.at(place);
            if (step >= 0 && crew.suits(agent, run.plan.step(step).scheduling().placement())) {
                left--;
                recorder.record(
                        FactType.STEP_PLACEABLE,
                        0,
                        run.coordination,
                        run.handle,
                        Fact.pair(step, run.attempts[step]),
                        0,
                        0);
            }
        }
        return left;
    }

    /**
     * An agent has fallen silent or is gone: what it had is offered again.
     *
     * @return {@link WorkflowFlow#DONE}, or the slot of the run to go on with.
     */
    public long onAgentGone(final int agent, final long cursor) {
        for (int slot = (int) cursor; slot < workflows.used(); slot++) {
            final WorkflowRun run = workflows.runAt(slot);
            final StepList placed = run.holds.placed();
            for (int place = 0; placed != null && place < placed.end(); place++) {
                final int step = placed.at(place);
                if (step >= 0 && run.holds.agent(step) == agent) {
                    if (!recorder.hasRoom()) {
                        return slot;
                    }
                    TaskRules.release(recorder, run, step);
                }
            }
        }
        return WorkflowFlow.DONE;
    }
}
