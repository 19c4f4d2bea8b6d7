package io.signalbox.kernel.workflow;

import java.util.ArrayList;
import java.util.List;

/** Copies what the room knows into immutable records. Between turns only: the front door asks for it under the baton. */
public final class WorkflowInspector {
    private final Workflows workflows;

    public WorkflowInspector(final Workflows workflows) {
        this.workflows = workflows;
    }

    /** Handles of all runs that are still known, oldest slot first. */
    public long[] runs() {
        final long[] handles = new long[workflows.used()];
        for (int slot = 0; slot < handles.length; slot++) {
            handles[slot] = workflows.runAt(slot).handle;
        }
        return handles;
    }

    /** All runs that are still known, oldest slot first. */
    public List<RunSummary> summaries() {
        final List<RunSummary> summaries = new ArrayList<>();
        for (int slot = 0; slot < workflows.used(); slot++) {
            final WorkflowRun run = workflows.runAt(slot);
            summaries.add(new RunSummary(
                    run.handle, run.coordination, run.definition, run.plan, run.state, run.startedNs, run.inputs));
        }
        return summaries;
    }

    /** The run, or null when there is none with this handle. */
    public RunSnapshot run(final long handle) {
        final WorkflowRun run = workflows.run(handle);
        if (run == null) {
            return null;
        }
        final List<StepSnapshot> steps = new ArrayList<>(run.plan.stepCount());
        for (int step = 0; step < run.plan.stepCount(); step++) {
            steps.add(step(run, step));
        }
        return new RunSnapshot(
                run.handle,
                run.coordination,
                run.plan.definition(),
                run.state,
                run.startedNs,
                run.finishedNs,
                run.inputs,
                steps);
    }

    /** Where a run stands, or null. */
    public RunState state(final long handle) {
        final WorkflowRun run = workflows.run(handle);
        return run == null ? null : run.state;
    }

    /** One step of a run, or null. */
    public StepSnapshot step(final long handle, final int step) {
        final WorkflowRun run = workflows.run(handle);
        return run == null || step < 0 || step >= run.plan.stepCount() ? null : step(run, step);
    }

    /** Handle of the run that a step went on as the last time; 0 when it did not. */
    public long child(final long handle, final int step) {
        final WorkflowRun run = workflows.run(handle);
        return run == null || step < 0 || step >= run.plan.stepCount() ? 0 : run.holds.child(step);
    }

    /** Name id of the agent that has a step, 0 for none. */
    public int agent(final long handle, final int step) {
        final WorkflowRun run = workflows.run(handle);
        return run == null || step < 0 || step >= run.plan.stepCount() ? 0 : run.holds.agent(step);
    }

    /** Whether a ready step waits for an agent. */
    public boolean isUnplaced(final long handle, final int step) {
        final WorkflowRun run = workflows.run(handle);
        return run != null && step >= 0 && step < run.plan.stepCount() && run.holds.isUnplaced(step);
    }

    /** What the steps of a run have produced, in declared order, empty where nothing; null when there is no such run. */
    public List<byte[]> results(final long handle) {
        final WorkflowRun run = workflows.run(handle);
        if (run == null) {
            return null;
        }
        final List<byte[]> results = new ArrayList<>(run.plan.stepCount());
        for (final byte[] result : run.results) {
            results.add(WorkflowRun.orEmpty(result));
        }
        return results;
    }

    /** The plan a run follows, or null. */
    public WorkflowPlan plan(final long handle) {
        final WorkflowRun run = workflows.run(handle);
        return run == null ? null : run.plan;
    }

    private static StepSnapshot step(final WorkflowRun run, final int step) {
        final List<String> openNeeds = new ArrayList<>();
        for (int i = 0; i < run.plan.needCount(step); i++) {
            final int need = run.plan.need(step, i);
            if (!run.state(need).isFinal()) {
                openNeeds.add(run.plan.step(need).id());
            }
        }
        final int limit = run.ready.blockedBy(step);
        return new StepSnapshot(
                step,
                run.plan.step(step).id(),
                run.state(step),
                run.attempts[step],
                run.failures[step],
                run.exitCodes[step],
                run.sinceNs[step],
                run.untilNs[step],
                List.copyOf(openNeeds),
                run.winners[step] - 1,
                (double) run.qualities[step] / WorkflowRun.QUALITY_MAX,
                limit < 0 ? "" : run.plan.definition().limits().get(limit).name(),
                WorkflowRun.orEmpty(run.workers[step]),
                WorkflowRun.orEmpty(run.results[step]),
                WorkflowRun.orEmpty(run.details[step]));
    }
}
