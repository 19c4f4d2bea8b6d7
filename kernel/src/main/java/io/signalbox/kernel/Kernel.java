package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.event.Room;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.metrics.KernelMeter;
import io.signalbox.kernel.metrics.Metrics;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.SignalTransport;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.ring.KernelTime;
import io.signalbox.kernel.ring.ReplayDriver;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A coordination kernel: one writer decides everything in one total order; everybody reads. Any thread may use it.
 *
 * <pre>{@code
 * try (Kernel kernel = Kernel.launch(KernelConfig.standard())) {
 *     Coordination build = kernel.coordination("build-42");
 *     Dependency modelReady = build.awaitsCompletion("model-generator");
 *     build.complete("model-generator", "5 records");           // from any thread
 *     Outcome outcome = modelReady.await();                     // Resolved
 * }
 * }</pre>
 */
public final class Kernel implements AutoCloseable {
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final int COMMAND_OVERHEAD_MAX = 1024;

    private final KernelConfig config;
    private final Journal journal;
    private final CoordinationMachine machine;
    private final Driver driver;
    private final Metrics metrics;
    // Weak: a thread that outlives this kernel keeps the entry, and must not keep the kernel with it.
    @SuppressWarnings("ThreadLocalUsage") // one for each kernel and thread
    private final ThreadLocal<WeakReference<Ingress>> ingresses = new ThreadLocal<>();

    private final KernelNames names = new KernelNames(this);
    private final Readers readers;
    private final Tasks tasks;
    private final SignalDesk signalDesk = new SignalDesk(this);
    private final long number = NUMBERS.incrementAndGet();
    private volatile boolean closed;

    private Kernel(final KernelConfig config, final Journal journal, final CoordinationMachine machine) {
        this.config = config;
        this.journal = journal;
        this.machine = machine;
        final KernelTime time = new KernelTime(config.clock(), machine.appliedTimestampNs());
        final KernelMeter meter = KernelMeter.of(
                config.metrics(),
                time::nowNs,
                config.ringCapacity(),
                machine.appliedPosition() + 1,
                config.limits().dependenciesMax(),
                machine.dependencies().pending());
        metrics = new Metrics(config.metrics(), time::nowNs, meter);
        driver = new Driver(
                machine,
                journal,
                config.threading().mode(),
                config.durability() == Durability.SYNCED,
                config.ringCapacity(),
                config.limits().dependenciesMax(),
                config.limits().runsMax(),
                new Spinning(config.waiting(), config.spinnersMax()),
                time,
                meter);
        readers = new Readers(this, journal);
        tasks = new Tasks(this, driver);
    }

    /**
     * Launch a kernel without a journal.
     *
     * @throws IllegalArgumentException when the configuration asks for a durability that needs one.
     */
    public static Kernel launch(final KernelConfig config) {
        if (config.durability() != Durability.MEMORY) {
            throw new IllegalArgumentException(
                    "durability " + config.durability() + " needs a journal: use launch(config, journal)");
        }
        return start(new Kernel(config, null, new CoordinationMachine(config.limits())));
    }

    /**
     * Launch a kernel on a journal: what it holds is replayed, its marks are compared, then new commands follow.
     *
     * @param config a durability of MEMORY is raised to JOURNALED.
     * @param journal opened for writing; belongs to the kernel from here on and is closed with it.
     * @throws io.signalbox.kernel.port.JournalException when a record or a mark does not hold; the journal is closed then.
     */
    public static Kernel launch(final KernelConfig config, final Journal journal) {
        final KernelConfig durable =
                config.durability() == Durability.MEMORY ? config.withDurability(Durability.JOURNALED) : config;
        try {
            final CoordinationMachine machine = new CoordinationMachine(config.limits());
            journal.replay(new ReplayDriver(machine, journal.name()));
            return start(new Kernel(durable, journal, machine));
        } catch (final RuntimeException | Error e) {
            try {
                journal.close();
            } catch (final RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static Kernel start(final Kernel kernel) {
        LaunchWarning.ofTooFewCores(kernel.config);
        kernel.driver.start(kernel.config.name(), kernel.config.reofferAtOpen() ? kernel.tasks::reofferInFlight : null);
        return kernel;
    }

    /** The settings this kernel runs with. */
    public KernelConfig config() {
        return config;
    }

    /** The open coordination of this name; opens it when there is none. */
    public Coordination coordination(final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new Coordination(
                this, name, answerOrThrow(ingress().coordinations().open(bytes)));
    }

    /**
     * Begin a session: a coordination of a name that no open one has.
     *
     * @throws CommandRefusedException when the name is blank ({@link Rejection#BLANK_NAME}), taken
     *     ({@link Rejection#DUPLICATE_COORDINATION}) or too long, the time to live is negative, or there are too many.
     */
    public Coordination begin(final CoordinationTerms terms) {
        return Coordination.begin(this, terms);
    }

    /** The open coordination of this name, or null. Opens none. Asked between two turns. */
    public Coordination findCoordination(final String name) {
        final long handle = query(() -> machine.coordinations().find(name));
        return handle == 0 ? null : new Coordination(this, name, handle);
    }

    /** How many coordinations were closed because nobody had named them for their time to live. Asked between two turns. */
    public long coordinationsForgotten() {
        return query(() -> machine.coordinations().forgotten());
    }

    /** The kernel-wide scope: its state, resources and gates are seen by all coordinations. It cannot be closed. */
    public Coordination global() {
        return new Coordination(this, "", 0);
    }

    /** The dense id of a name; interned when it is new. */
    public int nameId(final String name) {
        return names.id(name);
    }

    /** The id of a name, or 0 when nobody has ever named it. Interns nothing. */
    int knownNameId(final String name) {
        return names.knownId(name);
    }

    /** The name with this id; empty for 0. */
    public String name(final int id) {
        return id == 0 ? "" : machine.names().text(id);
    }

    /** A fast path for the calling thread; see {@link Ingress}. */
    public Ingress newIngress() {
        return new Ingress(driver, machine.cells(), config.limits().payloadLengthMax() + COMMAND_OVERHEAD_MAX);
    }

    Ingress ingress() {
        final WeakReference<Ingress> known = ingresses.get();
        final Ingress present = known == null ? null : known.get();
        if (present != null) {
            return present;
        }
        final Ingress made = newIngress();
        ingresses.set(new WeakReference<>(made));
        return made;
    }

    /**
     * Check a definition and keep it.
     *
     * @return its id.
     * @throws io.signalbox.kernel.workflow.InvalidWorkflowException when it could never run.
     */
    public int deploy(final WorkflowDefinition definition) {
        return Deployment.deploy(this, definition);
    }

    /** The kinds of signals that users have declared here. */
    public SignalKinds signalKinds() {
        return signalDesk.kinds();
    }

    /**
     * Join this kernel to a broker.
     *
     * @param wanted which of its signals go out; asked on the thread that sends.
     */
    public SignalLink link(final SignalTransport transport, final Predicate<SignalTransport.Message> wanted) {
        return new SignalLink(this, transport, wanted);
    }

    /** What has become of the signal of a position for an agent: delivered when, or which rule stopped it. */
    public SignalExplanation explainSignal(final long position, final String agent) {
        return signalDesk.explain(position, agent);
    }

    SignalDesk signalDesk() {
        return signalDesk;
    }

    /** The registry of agents. */
    public AgentRegistry agents() {
        return new AgentRegistry(this);
    }

    /** What workers are told and what they report. */
    public Tasks tasks() {
        return tasks;
    }

    /** Everything raised from here on, in the kernel's order. */
    public Subscription subscribe() {
        return subscribe(SignalFilter.everything(), Start.latest());
    }

    /** Everything raised that is kept, then what is raised from here on. */
    public Subscription subscribeFromOldest() {
        return subscribe(SignalFilter.everything(), Start.earliest());
    }

    /**
     * What passes a filter, from a place in the order on. Asks nothing of the kernel, unless the start is a position older than the
     * tail: then the journal is read up to there.
     */
    public Subscription subscribe(final SignalFilter filter, final Start start) {
        return new Subscription(this, filter, start);
    }

    /** Other ways to be told of signals: a listener, a {@code Flow}, important ones first. */
    public Readers readers() {
        return readers;
    }

    /** Publish a {@code Pulse} if a deadline is due. The kernel does this by itself; a test with a clock of its own calls it. */
    public void pulse() {
        while (driver.pulseIfDue()) {
            driver.turnIfInvoker();
        }
    }

    /** Turn the machine, in INVOKER mode, from the thread that launched the kernel. Elsewhere it does nothing. */
    public void turn() {
        driver.turnIfInvoker();
    }

    /** Wait until everything up to a position survives the power cord. False when the kernel halted before. */
    public boolean awaitSynced(final long position) {
        if (journal == null) {
            throw new IllegalStateException("this kernel has no journal; its answers are MEMORY");
        }
        return driver.awaitSynced(position);
    }

    /** What is measured: by the kernel itself, if its configuration says so, and by recorders of one's own. */
    public Metrics metrics() {
        return metrics;
    }

    /** Position of the last applied command, -1 before the first. Asked between two turns. */
    public long position() {
        return query(machine::appliedPosition);
    }

    /** Commands applied since launch. Any thread. */
    public long applied() {
        return driver.applied();
    }

    /** Sequences of the ring taken since launch. Any thread. */
    public long sequencesTaken() {
        return driver.ring().claimed();
    }

    /** A digest of everything the kernel remembers. Asked between two turns; walks every store. */
    public long stateDigest() {
        return query(machine::stateDigest);
    }

    /** The running digest of each room's facts, in the order of {@link Room}. */
    public long[] roomDigests() {
        return query(() -> {
            final long[] digests = new long[Room.COUNT];
            machine.digest().copyTo(digests);
            return digests;
        });
    }

    /** Kernel time now, in nanoseconds since 1970. */
    public long nowNs() {
        return driver.nowNs();
    }

    /** Whether commands are taken. */
    public boolean isOpen() {
        return driver.isOpen();
    }

    /** Why the kernel halted; null while it runs and after an ordinary close. */
    public Throwable haltCause() {
        return driver.haltCause();
    }

    /** Its number among the kernels of this process. */
    long number() {
        return number;
    }

    CoordinationMachine machine() {
        return machine;
    }

    Driver driver() {
        return driver;
    }

    <T> T query(final Callable<T> read) {
        return driver.query(read);
    }

    Receipt receipt(final Ingress ingress, final long answer) {
        final Rejection rejection = Rejection.ofAnswer(answer);
        if (answer < 0 && rejection == null) {
            throw failure(answer);
        }
        return new Receipt(ingress.position(), config.durability(), Math.max(0, answer), rejection);
    }

    long answerOrThrow(final long answer) {
        if (answer >= 0) {
            return answer;
        }
        final Rejection rejection = Rejection.ofAnswer(answer);
        throw rejection == null ? failure(answer) : new CommandRefusedException(rejection);
    }

    private RuntimeException failure(final long answer) {
        if (answer == Ingress.NO_STACK) {
            return new IllegalStateException(
                    "the calling thread has too little stack left to submit a command; nothing was done");
        }
        final Throwable cause = driver.haltCause();
        return new KernelHaltedException(
                cause == null
                        ? "kernel " + config.name() + " is closed"
                        : "kernel " + config.name() + " has halted: " + cause,
                cause);
    }

    /**
     * Stop taking commands, apply what was published, write a mark, close the journal. Waiters end with {@link Outcome.Halted}.
     * Listeners are handed what was raised before; an executor that takes nothing for {@link KernelConfig#listenersPatience} is not
     * waited for any longer ({@link Readers#hasGivenUp}). Closing twice is harmless.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            driver.close();
        } finally {
            readers.close();
            if (journal != null) {
                journal.close();
            }
        }
    }
}
