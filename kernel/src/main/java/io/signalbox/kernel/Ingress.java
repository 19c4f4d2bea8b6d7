package io.signalbox.kernel;

import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.wait.Waiters;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The fast path into the kernel: ids instead of names, numbers instead of records, nothing allocated. Belongs to the thread that
 * made it ({@link Kernel#newIngress}). Each room has its part: {@link #signals}, {@link #states}, {@link #dependencies}, {@link #routings},
 * {@link #syncs}, {@link #workflows}; any command can also be filled as a {@link Request} of one's own and given to {@link #submit}.
 *
 * <p>Every method answers a number. Not negative: what was asked for. Negative: {@link #BACK_PRESSURED}, {@link #HALTED},
 * {@link #NO_STACK}, or a {@link Rejection} (see {@link Rejection#ofAnswer}). A method that waits for its answer has it when the
 * command has been journaled as the kernel's durability says, and applied.
 */
public final class Ingress {
    /** The ring is full and another thread is emptying it. Nothing was published. */
    public static final long BACK_PRESSURED = -1;
    /** The kernel is closed or has halted. If the command was published its effect is unknown. */
    public static final long HALTED = -2;
    /** The calling thread has too little stack left to turn the machine. Nothing was published. */
    public static final long NO_STACK = -3;

    /** {@link #await}: what was waited for is there. */
    public static final int RESOLVED = 1;
    /** {@link #await}: it can no longer come. */
    public static final int FAILED = 2;
    /** {@link #await}: the declared time was up. */
    public static final int EXPIRED = 3;
    /** {@link #await}: it was given up. */
    public static final int CANCELLED = 4;
    /** {@link #await}: its place has a new owner. */
    public static final int RETIRED = -1;
    /** {@link #await}: the kernel is closed or has halted. */
    public static final int KERNEL_HALTED = -2;
    /** {@link #await}: the waiter's own time was up. */
    public static final int TIMED_OUT = -4;
    /** {@link #await}: the waiting thread was interrupted; its flag is set. */
    public static final int INTERRUPTED = -5;

    private static final int SPINS_BETWEEN_LOOKS = 1024;

    private static final AtomicInteger IDS = new AtomicInteger();

    private final int id = IDS.incrementAndGet();
    private final Driver driver;
    private final OutcomeCells cells;
    private final Submitter submitter;
    private final SignalIngress signals;
    private final DependencyIngress dependencies;
    private StateIngress states;
    private SyncIngress syncs;
    private AgentIngress agents;
    private RoutingIngress routings;
    private WorkflowIngress workflows;
    private CoordinationIngress coordinations;

    Ingress(final Driver driver, final OutcomeCells cells, final int commandLengthMax) {
        this.driver = driver;
        this.cells = cells;
        submitter = new Submitter(driver, commandLengthMax);
        signals = new SignalIngress(submitter);
        dependencies = new DependencyIngress(submitter);
    }

    /** Signals. */
    public SignalIngress signals() {
        return signals;
    }

    /** Waits, resources and gates. */
    public DependencyIngress dependencies() {
        return dependencies;
    }

    /** Keys and values. */
    public StateIngress states() {
        if (states == null) {
            states = new StateIngress(submitter);
        }
        return states;
    }

    /** Barriers, latches, conditions, sync points and leases. */
    public SyncIngress syncs() {
        if (syncs == null) {
            syncs = new SyncIngress(submitter);
        }
        return syncs;
    }

    /** Agents. */
    public AgentIngress agents() {
        if (agents == null) {
            agents = new AgentIngress(submitter);
        }
        return agents;
    }

    /** Runs and their steps. */
    public WorkflowIngress workflows() {
        if (workflows == null) {
            workflows = new WorkflowIngress(submitter);
        }
        return workflows;
    }

    /** Decisions about tasks. */
    public RoutingIngress routings() {
        if (routings == null) {
            routings = new RoutingIngress(submitter);
        }
        return routings;
    }

    /** Coordinations and names. */
    CoordinationIngress coordinations() {
        if (coordinations == null) {
            coordinations = new CoordinationIngress(submitter);
        }
        return coordinations;
    }

    /** Position of the last command that this ingress published, -1 before the first. */
    public long position() {
        return submitter.position();
    }

    /**
     * Number the next command, so that it can be repeated without being applied twice: after a {@link #HALTED} and a reopening the
     * same client sends the same number again and gets the first answer.
     *
     * @param clientId not 0, unique among the kernel's clients.
     * @param sequence from 1, rising.
     */
    public Ingress numbered(final long clientId, final long sequence) {
        submitter.number(clientId, sequence);
        return this;
    }

    /** Publish a request and wait for its answer. It may be filled anew and used again afterwards. */
    public long submit(final Request request) {
        return submitter.submit(request);
    }

    /**
     * Publish a request and do not wait: its position, or why there is none. A refusal of the machine shows only in the facts, and
     * a number given before is not used.
     */
    public long offer(final Request request) {
        return submitter.offer(request);
    }

    /** As {@link SignalIngress#raise(long, int, int, int, int, int, double, byte[])}. */
    public long raise(
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final byte[] payload) {
        return signals.raise(coordination, signalType, sender, subject, recipient, completion, quality, payload);
    }

    /** As {@link SignalIngress#raise(long, int, int, int, int, int, double, int, long, byte[])}. */
    public long raise(
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final int awaits,
            final long timeoutNs,
            final byte[] payload) {
        return signals.raise(
                coordination, signalType, sender, subject, recipient, completion, quality, awaits, timeoutNs, payload);
    }

    /** As {@link SignalIngress#offer}. */
    public long offer(
            final long coordination,
            final int signalType,
            final int sender,
            final int completion,
            final byte[] payload,
            final int offset,
            final int length) {
        return signals.offer(coordination, signalType, sender, completion, payload, offset, length);
    }

    /** As {@link DependencyIngress#declare}. */
    public long declare(
            final long coordination,
            final DependencyKind kind,
            final int flags,
            final int owner,
            final int target,
            final long afterPosition,
            final long timeoutNs,
            final double threshold) {
        return dependencies.declare(coordination, kind, flags, owner, target, afterPosition, timeoutNs, threshold);
    }

    /**
     * Wait for the end of a declared wait.
     *
     * @param timeoutNs the waiter's own patience, {@link Long#MAX_VALUE} for none; not above 0: look and do not wait.
     * @return one of the constants of this class. After {@link #RESOLVED} the thread sees everything its waking command did.
     * @throws IllegalArgumentException when this is not the handle of a wait.
     */
    public int await(final long dependency, final long timeoutNs) {
        final int cell = (int) dependency;
        final int generation = (int) (dependency >>> 32);
        if (generation <= 0 || cell < 0 || cell >= cells.capacity()) {
            throw new IllegalArgumentException(
                    "expected the handle of a wait, as declare answers it, found " + dependency);
        }
        final int outcome = outcome(cell, generation);
        if (outcome != OutcomeCells.PENDING) {
            return outcome;
        }
        if (timeoutNs <= 0) {
            return driver.isServed() ? TIMED_OUT : KERNEL_HALTED;
        }
        final long deadlineNs = timeoutNs == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + timeoutNs;
        final int spun = driver.isInvoker() ? OutcomeCells.PENDING : spin(cell, generation, deadlineNs);
        return spun != OutcomeCells.PENDING ? spun : stand(cell, generation, deadlineNs);
    }

    /** How a wait stands; one that this kernel has not given is as good as one whose place has a new owner. */
    private int outcome(final int cell, final int generation) {
        final int outcome = cells.outcome(cell, generation);
        return outcome == OutcomeCells.NOT_YET ? RETIRED : outcome;
    }

    private int spin(final int cell, final int generation, final long deadlineNs) {
        final Spinning spinning = driver.spinning();
        final int spins = spinning.acquire();
        int outcome = OutcomeCells.PENDING;
        boolean keeping = false;
        for (int i = 0; i < spins && outcome == OutcomeCells.PENDING && driver.isServed(); i++) {
            keeping = driver.keepTurning(id, keeping, i);
            Spinning.pause(spins);
            outcome = outcome(cell, generation);
            if (i == SPINS_BETWEEN_LOOKS) { // endless: whoever may spin for a while does not come so far
                i = 0;
                if (isOver(deadlineNs) || Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        if (keeping) {
            driver.stopKeeping();
        }
        spinning.release(spins);
        return outcome;
    }

    private static boolean isOver(final long deadlineNs) {
        return deadlineNs != Long.MAX_VALUE && deadlineNs - System.nanoTime() <= 0;
    }

    /** Look, register, look again, park. */
    private int stand(final int cell, final int generation, final long deadlineNs) {
        final Waiters waiters = driver.waiters();
        final Thread me = Thread.currentThread();
        int end = OutcomeCells.PENDING;
        int outcome = OutcomeCells.PENDING;
        try {
            while (outcome == OutcomeCells.PENDING && end == OutcomeCells.PENDING) {
                driver.turnIfInvoker();
                waiters.register(cell, me);
                outcome = outcome(cell, generation);
                if (outcome == OutcomeCells.PENDING) {
                    end = pendingEnd(me, deadlineNs);
                    if (end == OutcomeCells.PENDING) {
                        driver.park(deadlineNs == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNs - System.nanoTime());
                        outcome = outcome(cell, generation);
                    }
                }
            }
        } finally {
            waiters.leave(cell, me);
            // Whoever concluded or halted while the others were off the list has missed them.
            if (outcome(cell, generation) != OutcomeCells.PENDING || !driver.isServed()) {
                waiters.wake(cell);
            }
        }
        outcome = outcome(cell, generation);
        return outcome != OutcomeCells.PENDING ? outcome : end;
    }

    private int pendingEnd(final Thread me, final long deadlineNs) {
        if (!driver.isServed()) {
            return KERNEL_HALTED;
        }
        if (me.isInterrupted()) {
            return INTERRUPTED;
        }
        return isOver(deadlineNs) ? TIMED_OUT : OutcomeCells.PENDING;
    }
}
