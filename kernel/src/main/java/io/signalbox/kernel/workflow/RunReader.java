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

    private static final VarHandle DISTURBED;

    static {
        try {
            DISTURBED = MethodHandles.lookup().findVarHandle(RunReader.class, "disturbed", boolean.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final WorkflowRun run;

    @SuppressWarnings("UnusedVariable") // through DISTURBED
    private boolean disturbed;

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

    /** Name id of the agent that a step was given to, 0 for none. For who has an attempt of this step. */
    public int agent(final int step) {
        return run.holds.agent(step);
    }

    /** How need number {@code i} of a step has ended. For who has an attempt of this step. */
    public StepState needState(final int step, final int i) {
        return run.state(run.plan.need(step, i));
    }

    /** What need number {@code i} of a step has produced, empty when nothing; not to be changed. For who has an attempt of this step. */
    public byte[] needResult(final int step, final int i) {
        return WorkflowRun.orEmpty(run.results[run.plan.need(step, i)]);
    }

    /** An attempt in flight has been stopped. The machine only, before its worker is told. */
    void disturb() {
        DISTURBED.setOpaque(this, true);
    }

    /**
     * Whether no attempt of this run was ever stopped while in flight, as far as the calling thread can see: then whoever was offered one need not ask whether it is wanted,
     * which would take the lines of the machine's memory from the core that turns it. One opaque load of a field that is written once.
     */
    public boolean isCalm() {
        return !(boolean) DISTURBED.getOpaque(this);
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
