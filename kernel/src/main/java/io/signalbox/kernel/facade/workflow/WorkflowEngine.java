package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelHaltedException;
import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepLoad;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.WorkerTerms;
import io.signalbox.kernel.Workers;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.RunSummary;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Carries out workflows whose steps are functions of this process: it deploys their definitions, serves their steps, and waits for the runs. Schedulers, stages and
 * strategies stand on one; a kernel may have several. Any thread.
 */
public final class WorkflowEngine implements AutoCloseable {
    private static final String KIND = "function:";
    /** What is under way in this process, whatever engine has it. */
    private static final Set<Served> SERVED = ConcurrentHashMap.newKeySet();

    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration UNTIL_CANCELLED = Duration.ofSeconds(30);

    private final Kernel kernel;
    private final ResultCodec codec;
    private final Workers workers;
    private final LeftRuns left;

    /** The functions of the runs that are under way here, by what these were started with. */
    private final Map<ByteBuffer, UnderWay> underWayByRun = new ConcurrentHashMap<>();

    private final Set<WorkflowRunHandle> runs = ConcurrentHashMap.newKeySet();
    private final Deployments deployments;
    private volatile boolean closed;

    /** A run of a kernel, by what it was started with. */
    private record Served(Kernel kernel, ByteBuffer inputs) {}

    /** The functions of a run, and that whoever started it knows of it: no function begins before, so that what it does can find its own run. */
    private record UnderWay(Functions functions, CountDownLatch told) {
        UnderWay(final Functions functions) {
            this(functions, new CountDownLatch(1));
        }
    }

    /** The functions of one run. */
    interface Functions {
        /** Take over what an earlier process has produced. Before anything is carried out here. */
        void restore(RunSnapshot earlier);

        /** Carry out one attempt. On a thread of the workers. */
        StepResult perform(StepContext context) throws Exception;
    }

    /** On threads of its own: virtual ones where the JDK has them. Results are written as {@link ResultCodec#JSON} has it. */
    public WorkflowEngine(final Kernel kernel) {
        this(kernel, ResultCodec.JSON);
    }

    /** The same, with a way of one's own to write results. */
    public WorkflowEngine(final Kernel kernel, final ResultCodec codec) {
        this(kernel, codec, WorkerTerms.ownThreads());
    }

    /** Steps that compute run on this executor, which stays the caller's; those that wait have threads of their own. */
    public WorkflowEngine(final Kernel kernel, final Executor executor) {
        this(kernel, ResultCodec.JSON, executor);
    }

    /** The same, with a way of one's own to write results. */
    public WorkflowEngine(final Kernel kernel, final ResultCodec codec, final Executor executor) {
        this(kernel, codec, WorkerTerms.on(executor));
    }

    private WorkflowEngine(final Kernel kernel, final ResultCodec codec, final WorkerTerms terms) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        deployments = new Deployments(kernel);
        this.codec = Objects.requireNonNull(codec, "codec");
        left = new LeftRuns(kernel);
        workers = kernel.tasks()
                .serve(terms.handle(name(StepLoad.CPU), StepLoad.CPU, this::perform)
                        .handle(name(StepLoad.IO), StepLoad.IO, this::perform)
                        .onlyRuns(run -> isServed(run.inputs())));
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

    /** How results are written. */
    ResultCodec codec() {
        return codec;
    }

    /** What earlier processes have left. */
    LeftRuns left() {
        return left;
    }

    /**
     * The workflows of functions that have not ended and whose functions nobody has: those of this kernel's journal that are not under way here. Their steps stay open, and are carried out as
     * soon as somebody goes on with them by {@code resume}; the times of steps, stages and workflows go on. Asked between two turns.
     */
    public List<OpenWorkflow> openWorkflows() {
        return left.open(inputs -> SERVED.contains(new Served(kernel, RunTicket.key(inputs))));
    }

    private boolean isServed(final byte[] inputs) {
        return underWayByRun.containsKey(RunTicket.key(inputs));
    }

    private StepResult perform(final StepContext context) throws Exception {
        final UnderWay underWay = underWayByRun.get(RunTicket.key(context.inputs()));
        if (underWay == null) {
            return StepResult.release();
        }
        underWay.told().await();
        return underWay.functions().perform(context);
    }

    /**
     * Run a definition to its end. When the calling thread is interrupted, the run is cancelled, and the flag stays.
     *
     * @param ticket whose run it is.
     * @param onStarted is told the run as soon as it has started, on the calling thread.
     * @return the run as it ended.
     * @throws KernelHaltedException when the kernel was closed or has halted meanwhile.
     */
    RunSnapshot run(
            final Coordination coordination,
            final WorkflowDefinition definition,
            final RunTicket ticket,
            final Functions functions,
            final Consumer<WorkflowRunHandle> onStarted) {
        final byte[] inputs = ticket.bytes();
        serve(inputs);
        final UnderWay underWay = new UnderWay(functions);
        underWayByRun.put(RunTicket.key(inputs), underWay);
        try {
            final WorkflowRunHandle run = deployments.start(coordination, definition, inputs);
            tell(onStarted, run);
            underWay.told().countDown();
            return awaited(run);
        } finally {
            underWay.told().countDown();
            forget(inputs);
        }
    }

    /**
     * Go on with a run of an earlier process to its end, with the functions of this one. Otherwise as {@link #run}.
     *
     * @param earlier may have ended; then nothing is carried out.
     * @throws IllegalStateException when it is under way in this process.
     */
    RunSnapshot resume(
            final RunSummary earlier, final Functions functions, final Consumer<WorkflowRunHandle> onStarted) {
        final WorkflowRunHandle run = kernel.tasks().run(earlier.handle());
        serve(earlier.inputs());
        try {
            functions.restore(run.snapshot());
            if (!earlier.state().isFinal()) {
                tell(onStarted, run);
            }
            final UnderWay underWay = new UnderWay(functions);
            underWay.told().countDown();
            underWayByRun.put(RunTicket.key(earlier.inputs()), underWay);
            workers.lookAgain();
            return awaited(run);
        } finally {
            forget(earlier.inputs());
            release(earlier);
        }
    }

    /** Nobody else of this process carries out the run with these inputs from now on. */
    private void serve(final byte[] inputs) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        if (!SERVED.add(new Served(kernel, RunTicket.key(inputs)))) {
            throw new IllegalStateException("this workflow is under way in this process already");
        }
    }

    private void forget(final byte[] inputs) {
        underWayByRun.remove(RunTicket.key(inputs));
        SERVED.remove(new Served(kernel, RunTicket.key(inputs)));
    }

    /** The engine that had deployed the definition of an earlier run is gone and cannot release it. */
    private void release(final RunSummary earlier) {
        synchronized (SERVED) { // two runs of one definition: its id may be given again as soon as the first has ended
            final Tasks tasks = kernel.tasks();
            if (kernel.isOpen() && tasks.definition(earlier.definition()) == earlier.plan()) {
                tasks.release(earlier.definition());
            }
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
