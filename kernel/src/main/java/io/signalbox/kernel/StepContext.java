package io.signalbox.kernel;

import io.signalbox.kernel.command.TaskCommands;
import io.signalbox.kernel.workflow.RunReader;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import io.signalbox.kernel.workflow.WorkflowInspector;
import io.signalbox.kernel.workflow.WorkflowPlan;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(StepContext.class, "phase", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Kernel kernel;
    private final RunReader run;
    private final int index;
    private final int attempt;

    @SuppressWarnings("UnusedVariable") // through PHASE
    private int phase;

    private volatile Thread thread;
    private volatile boolean goesOnAsARun;
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

    /** The name of the agent that the step was given to; empty when it names neither an agent nor what one must be. */
    public String agent() {
        return kernel.name(run.agent(index));
    }

    /** What stands behind the first line of the step's payload: the item of a {@link #fanOut}. */
    public byte[] item() {
        final byte[] payload = step().payload();
        int from = 0;
        while (from < payload.length && payload[from] != '\n') {
            from++;
        }
        return Arrays.copyOfRange(payload, Math.min(payload.length, from + 1), payload.length);
    }

    // ------------------------------------------------------------------ children

    /**
     * Go on as a run of its own: the step waits for it, without a place and without a thread, and ends with it. It succeeds with the result of that run's only last
     * step (none, if there are several), fails when the run does not succeed, and is then tried again as its retry policy says. Cancelling the step cancels that run.
     *
     * @param inputs of that run, at most the payload limit.
     * @return what the function has to answer now.
     * @throws CommandRefusedException when the attempt is no longer wanted, runs are nested too deep, or there are too many.
     * @throws io.signalbox.kernel.workflow.InvalidWorkflowException when the definition could never run.
     */
    public StepResult startChild(final WorkflowDefinition definition, final byte[] inputs) {
        final int id = kernel.deploy(definition);
        final Ingress ingress = kernel.ingress();
        final long answer = ingress.submit(new TaskCommands.StartChild()
                .with(0, run.run(), index, attempt, id, inputs)
                .releasing());
        if (answer < 0) {
            ingress.submit(new TaskCommands.ReleaseDefinition().with(id));
            kernel.answerOrThrow(answer);
        }
        goesOnAsARun = true;
        return StepResult.CHILD;
    }

    /**
     * Do the same for each of some items, which nobody knew when the workflow was written: the step goes on as a run of one step for each item, all side by side. Steps
     * behind it read what came of it with {@link #childResults}.
     *
     * @param each what is done for an item; the first line of its payload is kept, the item comes behind it (see {@link #item}). Its needs do not matter.
     * @param items none: the step has succeeded.
     * @param concurrencyMax how many at once, 0 for no bound.
     * @return what the function has to answer now.
     */
    public StepResult fanOut(final StepDefinition each, final List<byte[]> items, final int concurrencyMax) {
        if (items.isEmpty()) {
            return StepResult.success();
        }
        final byte[] name = each.payload();
        final List<StepDefinition> steps = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            final byte[] item = items.get(i);
            final byte[] payload = Arrays.copyOf(name, name.length + 1 + item.length);
            payload[name.length] = '\n';
            System.arraycopy(item, 0, payload, name.length + 1, item.length);
            steps.add(StepDefinition.of(each.id() + "-" + i, List.of())
                    .withRetry(each.retry())
                    .withTimeoutNs(each.timeoutNs())
                    .withOnFailure(each.onFailure())
                    .withScheduling(each.scheduling())
                    .withPayload(payload));
        }
        return startChild(
                WorkflowDefinition.of(plan().definition().name() + "/" + step().id(), steps)
                        .withConcurrencyMax(concurrencyMax),
                inputs());
    }

    /**
     * What the steps of the run have produced that another step of this run went on as, in their order; empty when it did not. Asked of the kernel between two turns.
     *
     * @throws IllegalArgumentException when the run has no such step.
     */
    public List<byte[]> childResults(final String step) {
        final int of = asked(step).index();
        final List<byte[]> results = kernel.query(() -> {
            final WorkflowInspector inspector = kernel.machine().inspector();
            final long child = inspector.child(run.run(), of);
            return child == 0 ? List.<byte[]>of() : inspector.results(child);
        });
        if (results == null) {
            throw new IllegalStateException("the run that step '" + step + "' went on as is no longer known");
        }
        return results;
    }

    // ------------------------------------------------------------------ the workers' side

    boolean goesOnAsARun() {
        return goesOnAsARun;
    }

    /** The calling thread begins. Who interrupts sees the thread, or is seen here: then the flag is up from the beginning. */
    void begin() {
        thread = Thread.currentThread();
        if ((int) PHASE.getVolatile(this) != RUNNING) {
            thread.interrupt();
        }
    }

    /** The calling thread has done it: who would interrupt it comes too late, who did it is waited for, and the flag is down again. */
    void end() {
        if (PHASE.compareAndSet(this, RUNNING, ENDED)) {
            return;
        }
        while ((int) PHASE.getVolatile(this) == BEING_INTERRUPTED) {
            Thread.onSpinWait();
        }
        if (Thread.interrupted()) {
            PHASE.setVolatile(this, ENDED);
        }
    }

    /** Interrupt the thread that carries this attempt out, if it still does. Any thread. */
    void interrupt() {
        if (PHASE.compareAndSet(this, RUNNING, BEING_INTERRUPTED)) {
            final Thread begun = thread;
            if (begun != null) {
                begun.interrupt();
            }
            PHASE.setVolatile(this, INTERRUPTED);
        }
    }

    boolean isAttempt(final long run, final int step, final int attempt) {
        return this.run.run() == run && index == step && this.attempt == attempt;
    }
}
