package io.signalbox.kernel.workflow;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;

/** What workers may ask about the attempts that they have: check, then record. What follows from it is in {@link TaskFlow}. */
public final class TaskRules {
    private final Workflows workflows;
    private final Recorder recorder;
    private final int runDepthMax;

    public TaskRules(final Workflows workflows, final Recorder recorder, final int runDepthMax) {
        this.workflows = workflows;
        this.recorder = recorder;
        this.runDepthMax = runDepthMax;
    }

    /**
     * A worker is about to begin. Answers 0.
     *
     * @param leaseNs how long it may be silent, 0 as the step says.
     * @param owner name id of the worker, 0 for nobody in particular.
     */
    public long startStep(
            final long handle,
            final int step,
            final int attempt,
            final long leaseNs,
            final int owner,
            final long payload) {
        final WorkflowRun run = workflows.run(handle);
        final long refusal = WorkflowRules.refuse(run, step, attempt);
        if (refusal != 0) {
            return refusal;
        }
        if (run.state(step) != StepState.ASSIGNED) {
            final boolean isAnother =
                    owner != 0 && run.state(step) == StepState.STARTED && run.holds.owner(step) != owner;
            return (isAnother ? Rejection.NOT_YOUR_TASK : Rejection.STALE_ATTEMPT).answer();
        }
        if (isOfAnother(run, step, owner)) {
            return Rejection.NOT_YOUR_TASK.answer();
        }
        if (leaseNs < 0 || owner < 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        final long nowNs = recorder.timestampNs();
        final long lease = leaseNs > 0 ? leaseNs : run.plan.leaseNs(step);
        final long untilNs = WorkflowRules.deadline(run, step, nowNs);
        recorder.record(
                FactType.STEP_STARTED,
                owner,
                run.coordination,
                run.handle,
                Fact.pair(step, attempt),
                lease,
                lease == 0 ? untilNs : Math.min(untilNs, DeadlineQueue.due(nowNs, lease)),
                0,
                payload);
        return 0;
    }

    /** Whether an attempt was taken or started by another worker than this one. */
    public boolean isOfAnother(final long handle, final int step, final int attempt, final int owner) {
        final WorkflowRun run = workflows.run(handle);
        return WorkflowRules.refuse(run, step, attempt) == 0 && isOfAnother(run, step, owner);
    }

    private static boolean isOfAnother(final WorkflowRun run, final int step, final int owner) {
        final int known = run.holds.owner(step);
        return owner != 0 && known != 0 && known != owner;
    }

    /**
     * Whoever has an attempt is alive: the lease begins anew, or begins, where the attempt was taken and is not started. Answers 0.
     *
     * @param leaseNs of an attempt that is not started: how long who has it may be silent, 0 as before or as the step says.
     */
    public long heartbeat(final long handle, final int step, final int attempt, final int owner, final long leaseNs) {
        final WorkflowRun run = workflows.run(handle);
        final long refusal = WorkflowRules.refuse(run, step, attempt);
        if (refusal != 0) {
            return refusal;
        }
        if (!run.state(step).isInFlight()) {
            return Rejection.STALE_ATTEMPT.answer();
        }
        if (isOfAnother(run, step, owner)) {
            return Rejection.NOT_YOUR_TASK.answer();
        }
        if (leaseNs < 0 || owner < 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        final boolean isTaken = run.state(step) == StepState.ASSIGNED;
        final long lease = isTaken ? leaseOfTaken(run, step, leaseNs) : run.holds.leaseNs(step);
        if (lease > 0) {
            final int known = run.holds.owner(step);
            recorder.record(
                    FactType.STEP_HEARD,
                    isTaken && owner != 0 ? owner : known,
                    run.coordination,
                    run.handle,
                    Fact.pair(step, attempt),
                    lease,
                    Math.min(DeadlineQueue.due(recorder.timestampNs(), lease), attemptUntilNs(run, step)));
        }
        return 0;
    }

    private static long leaseOfTaken(final WorkflowRun run, final int step, final long leaseNs) {
        final long known = leaseNs > 0 ? leaseNs : run.holds.leaseNs(step);
        return known > 0 ? known : run.plan.leaseNs(step);
    }

    /** When the time of an attempt in flight is up, whatever its lease says. */
    static long attemptUntilNs(final WorkflowRun run, final int step) {
        return WorkflowRules.deadline(run, step, run.sinceNs[step]);
    }

    /** Whether what is up now is the lease of an attempt and not its time. */
    static boolean hasLapsed(final WorkflowRun run, final int step, final long nowNs) {
        return run.state(step).isInFlight() && run.holds.leaseNs(step) > 0 && nowNs < attemptUntilNs(run, step);
    }

    /** An attempt whose worker or agent is gone is offered again; whoever has it is told. */
    static void release(final Recorder recorder, final WorkflowRun run, final int step) {
        recorder.record(
                FactType.STEP_RELEASED,
                1,
                run.coordination,
                run.handle,
                Fact.pair(step, run.attempts[step]),
                run.holder(step, 0),
                0);
    }

    /** An attempt goes on as a run of its own. Answers the handle of that run. */
    public long startChild(
            final long handle,
            final int step,
            final int attempt,
            final int definition,
            final boolean releases,
            final long payload) {
        final WorkflowRun run = workflows.run(handle);
        final long refusal = WorkflowRules.refuse(run, step, attempt);
        if (refusal != 0) {
            return refusal;
        }
        if (!run.state(step).isInFlight()) {
            return Rejection.STALE_ATTEMPT.answer();
        }
        if (workflows.definition(definition) == null) {
            return Rejection.UNKNOWN_DEFINITION.answer();
        }
        if (run.depth >= runDepthMax) {
            return Rejection.TOO_DEEP.answer();
        }
        final long child = workflows.nextHandle();
        if (child < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final long untilNs = attemptUntilNs(run, step);
        final int agent = run.holds.agent(step);
        recorder.record(
                FactType.RUN_STARTED,
                0,
                run.coordination,
                child,
                definition,
                run.handle,
                Fact.pair(step, attempt),
                0,
                payload);
        recorder.record(
                FactType.CHILD_STARTED, agent, run.coordination, run.handle, Fact.pair(step, attempt), child, untilNs);
        if (releases) {
            recorder.record(FactType.DEFINITION_RELEASED, 0, 0, 0, definition, 0, 0);
        }
        return child;
    }

    /** No new run of a definition; those that there are go on. Answers 0. */
    public long releaseDefinition(final int definition) {
        if (workflows.definition(definition) == null) {
            return Rejection.UNKNOWN_DEFINITION.answer();
        }
        recorder.record(FactType.DEFINITION_RELEASED, 0, 0, 0, definition, 0, 0);
        return 0;
    }
}
