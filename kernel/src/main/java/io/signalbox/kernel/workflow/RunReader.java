package io.signalbox.kernel.workflow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a worker may read of a run without asking the kernel. It is handed out with an attempt, through a queue that publishes by release; from
 * there on the worker sees everything that was final when the attempt was assigned: inputs, plan, and how the steps that its step needs have ended. These
 * do not change while the attempt is in flight. Any thread that was handed it.
 */
public final class RunReader {
    private static final VarHandle STATE = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final VarHandle ATTEMPT = MethodHandles.arrayElementVarHandle(int[].class);

    private final WorkflowRun run;

    RunReader(final WorkflowRun run) {
        this.run = run;
    }

    /** Handle of the run. */
    public long run() {
        return run.handle;
    }

    /** Coordination it belongs to. */
    public long coordination() {
        return run.coordination;
    }

    /** The plan it follows. */
    public WorkflowPlan plan() {
        return run.plan;
    }

    /** As given at the start; not to be changed. */
    public byte[] inputs() {
        return run.inputs;
    }

    /** How need number {@code i} of a step has ended. For who has an attempt of this step. */
    public StepState needState(final int step, final int i) {
        return run.state(run.plan.need(step, i));
    }

    /** What need number {@code i} of a step has produced, empty when nothing; not to be changed. For who has an attempt of this step. */
    public byte[] needResult(final int step, final int i) {
        return WorkflowRun.orEmpty(run.results[run.plan.need(step, i)]);
    }

    /**
     * Whether an attempt is still wanted, as far as the calling thread can see. {@code false} is certain, {@code true} may be out of date. Two opaque
     * loads.
     */
    public boolean isWanted(final int step, final int attempt) {
        return (int) ATTEMPT.getOpaque(run.attempts, step) == attempt
                && StepState.of((byte) STATE.getOpaque(run.states, step)).isInFlight();
    }
}
