package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelHaltedException;
import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepLoad;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.WorkerTerms;
import io.signalbox.kernel.Workers;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Carries out workflows whose steps are functions of this process: it deploys their definitions, serves their steps, and waits for the runs. Schedulers, stages and
 * strategies stand on one; a kernel may have several. Any thread.
 */
public final class WorkflowEngine implements AutoCloseable {
    private static final String KIND = "function:";
    /** Numbers that no run of an earlier process has. */
    private static final AtomicLong NUMBERS = new AtomicLong(UUID.randomUUID().getMostSignificantBits());

    /** The functions of all engines of this process: any engine of a kernel may be offered a step of another one. */
    private static final Map<Long, Functions> UNDER_WAY = new ConcurrentHashMap<>();

    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration UNTIL_CANCELLED = Duration.ofSeconds(30);

    private final Kernel kernel;
    private final Workers workers;
    private final Set<WorkflowRunHandle> runs = ConcurrentHashMap.newKeySet();
    private final Deployments deployments;
    private volatile boolean closed;

    /** The functions of one run. */
    interface Functions {
        /** Carry out one attempt. On a thread of the workers. */
        StepResult perform(StepContext context) throws Exception;
    }

    /** On threads of its own: virtual ones where the JDK has them. */
    public WorkflowEngine(final Kernel kernel) {
        this(kernel, WorkerTerms.ownThreads());
    }

    /** Steps that compute run on this executor, which stays the caller's; those that wait have threads of their own. */
    public WorkflowEngine(final Kernel kernel, final Executor executor) {
        this(kernel, WorkerTerms.on(executor));
    }

    private WorkflowEngine(final Kernel kernel, final WorkerTerms terms) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        deployments = new Deployments(kernel);
        workers = kernel.tasks()
                .serve(terms.handle(name(StepLoad.CPU), StepLoad.CPU, this::perform)
                        .handle(name(StepLoad.IO), StepLoad.IO, this::perform));
    }

    /** The kernel. */
    public Kernel kernel() {
        return kernel;
    }

    private static String name(final StepLoad load) {
        return KIND + load;
    }

    static byte[] payload(final StepLoad load) {
        return name(load).getBytes(StandardCharsets.UTF_8);
    }

    private StepResult perform(final StepContext context) throws Exception {
        final byte[] inputs = context.inputs();
        final Functions functions = inputs.length == Long.BYTES
                ? UNDER_WAY.get(ByteBuffer.wrap(inputs).getLong())
                : null;
        return functions == null
                ? StepResult.failureForGood("the function of this step is not in this process")
                : functions.perform(context);
    }

    /**
     * Run a definition to its end. When the calling thread is interrupted, the run is cancelled, and the flag stays.
     *
     * @param onStarted is told the run as soon as it has started, on the calling thread.
     * @return the run as it ended.
     * @throws KernelHaltedException when the kernel was closed or has halted meanwhile.
     */
    RunSnapshot run(
            final Coordination coordination,
            final WorkflowDefinition definition,
            final Functions functions,
            final Consumer<WorkflowRunHandle> onStarted) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        final long number = NUMBERS.incrementAndGet();
        UNDER_WAY.put(number, functions);
        try {
            final WorkflowRunHandle run = deployments.start(
                    coordination,
                    definition,
                    ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            tell(onStarted, run);
            return awaited(run);
        } finally {
            UNDER_WAY.remove(number);
        }
    }

    /** A run whose start cannot be told is not to go on without anybody who waits for it. */
    private static void tell(final Consumer<WorkflowRunHandle> onStarted, final WorkflowRunHandle run) {
        try {
            onStarted.accept(run);
        } catch (final RuntimeException e) {
            run.cancel();
            throw e;
        }
    }

    private RunSnapshot awaited(final WorkflowRunHandle run) {
        runs.add(run);
        try {
            if (closed) {
                run.cancel();
            }
            return ended(run);
        } finally {
            runs.remove(run);
        }
    }

    private RunSnapshot ended(final WorkflowRunHandle run) {
        RunState state = run.await(LONG);
        while (state != null
                && !state.isFinal()
                && kernel.isOpen()
                && !Thread.currentThread().isInterrupted()) {
            state = run.await(LONG);
        }
        if (state != null && !state.isFinal() && kernel.isOpen() && Thread.interrupted()) {
            run.cancel();
            state = run.await(UNTIL_CANCELLED);
            Thread.currentThread().interrupt();
        }
        final RunSnapshot snapshot = state != null && state.isFinal() ? run.snapshot() : null;
        if (snapshot == null) {
            throw new KernelHaltedException(
                    "the kernel has ended before the workflow did, or its run is forgotten", null);
        }
        return snapshot;
    }

    /** Cancel the workflows that are under way here, and wait until the functions that run have ended. Not to be called by one of these. */
    @Override
    public void close() {
        closed = true;
        if (kernel.isOpen()) {
            runs.forEach(WorkflowRunHandle::cancel);
        }
        workers.close();
        if (kernel.isOpen()) {
            deployments.release();
        }
    }
}
