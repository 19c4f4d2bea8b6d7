package io.signalbox.kernel;

import io.signalbox.kernel.workflow.RunReader;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowPlan;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * One attempt of a step, as the function that carries it out sees it: what to do, what the run was given, what the steps before have produced.
 * Belongs to the function that was called with it, which may read it on several threads.
 */
public final class StepContext {
    private static final int FEW_NEEDS = 8;
    private static final int RUNNING = 0;
    private static final int ENDED = 1;
    private static final int BEING_INTERRUPTED = 2;
    private static final int INTERRUPTED = 3;

    private final Kernel kernel;
    private final RunReader run;
    private final int index;
    private final int attempt;
    private final AtomicInteger phase = new AtomicInteger(RUNNING);
    private Thread thread;
    private Map<String, Integer> needById;

    StepContext(final Kernel kernel, final RunReader run, final int index, final int attempt) {
        this.kernel = kernel;
        this.run = run;
        this.index = index;
        this.attempt = attempt;
    }

    /** The kernel that the run lives in. */
    public Kernel kernel() {
        return kernel;
    }

    /** Handle of the run. */
    public long run() {
        return run.run();
    }

    /** Handle of the coordination that the run belongs to. */
    public long coordination() {
        return run.coordination();
    }

    /** The plan that the run follows. */
    public WorkflowPlan plan() {
        return run.plan();
    }

    /** What to do. */
    public StepDefinition step() {
        return run.plan().step(index);
    }

    /** Index of the step in its definition. */
    public int index() {
        return index;
    }

    /** Number of the attempt, from 1. */
    public int attempt() {
        return attempt;
    }

    /** The step's payload as text. */
    public String payloadText() {
        return new String(step().payload(), StandardCharsets.UTF_8);
    }

    /** What the run was given when it was started; not to be changed. */
    public byte[] inputs() {
        return run.inputs();
    }

    /** {@link #inputs} as text. */
    public String inputsText() {
        return new String(run.inputs(), StandardCharsets.UTF_8);
    }

    /** Ids of the steps that this one needs, in declared order, each once. */
    public List<String> needs() {
        final WorkflowPlan plan = run.plan();
        return IntStream.range(0, plan.needCount(index))
                .mapToObj(i -> plan.step(plan.need(index, i)).id())
                .toList();
    }

    /**
     * What another step of the run has produced, empty when nothing. A need's is at hand; any other step's is asked of the kernel between two turns, and is that of
     * its last attempt that has ended. Not to be changed.
     *
     * @throws IllegalArgumentException when the run has no such step.
     */
    public byte[] result(final String step) {
        final int need = need(step);
        return need >= 0 ? run.needResult(index, need) : asked(step).result();
    }

    /** {@link #result(String)} as text. */
    public String resultText(final String step) {
        return new String(result(step), StandardCharsets.UTF_8);
    }

    /** What need number {@code need} has produced, from 0 in the order of {@link #needs}. Not to be changed. */
    public byte[] result(final int need) {
        return run.needResult(index, need);
    }

    /**
     * Where another step of the run stands. A need has ended, unless the step is not wanted any more.
     *
     * @throws IllegalArgumentException when the run has no such step.
     */
    public StepState state(final String step) {
        final int need = need(step);
        return need >= 0 ? run.needState(index, need) : asked(step).state();
    }

    /** How need number {@code need} has ended, from 0 in the order of {@link #needs}. */
    public StepState state(final int need) {
        return run.needState(index, need);
    }

    /** Whether nobody wants the result any more: its time is up, the run is cancelled, or another attempt is under way. Its report would be refused. */
    public boolean isStopped() {
        return !run.isWanted(index, attempt);
    }

    private int need(final String step) {
        final WorkflowPlan plan = run.plan();
        final int count = plan.needCount(index);
        if (count > FEW_NEEDS) {
            return needById().getOrDefault(step, -1);
        }
        for (int i = 0; i < count; i++) {
            if (plan.step(plan.need(index, i)).id().equals(step)) {
                return i;
            }
        }
        return -1;
    }

    private synchronized Map<String, Integer> needById() {
        if (needById == null) {
            needById = new HashMap<>();
            final List<String> needs = needs();
            for (int i = 0; i < needs.size(); i++) {
                needById.put(needs.get(i), i);
            }
        }
        return needById;
    }

    private StepSnapshot asked(final String step) {
        final RunSnapshot snapshot = kernel.tasks().run(run.run()).snapshot();
        final StepSnapshot found = snapshot == null ? null : snapshot.step(step);
        if (found == null) {
            throw new IllegalArgumentException(
                    "step '" + step().id() + "' asks for the result of '" + step + "', which is not a step of the run");
        }
        return found;
    }

    // ------------------------------------------------------------------ the workers' side

    /** The calling thread begins. */
    void begin() {
        thread = Thread.currentThread();
    }

    /** The calling thread has done it: who would interrupt it comes too late, who did it is waited for, and the flag is down again. */
    void end() {
        if (phase.compareAndSet(RUNNING, ENDED)) {
            return;
        }
        while (phase.get() == BEING_INTERRUPTED) {
            Thread.onSpinWait();
        }
        if (Thread.interrupted()) {
            phase.set(ENDED);
        }
    }

    /** Interrupt the thread that carries this attempt out, if it still does. Any thread. */
    void interrupt() {
        if (phase.compareAndSet(RUNNING, BEING_INTERRUPTED)) {
            thread.interrupt();
            phase.set(INTERRUPTED);
        }
    }

    boolean isAttempt(final long run, final int step, final int attempt) {
        return this.run.run() == run && index == step && this.attempt == attempt;
    }
}
