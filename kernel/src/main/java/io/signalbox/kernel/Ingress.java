package io.signalbox.kernel;

import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.ring.CommandRing;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.wait.Reply;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.wait.Waiters;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The fast path into the kernel: ids instead of names, numbers instead of records, nothing allocated. Belongs to the thread that
 * made it ({@link Kernel#newIngress}).
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
    private final int commandLengthMax;
    private final Commands.SignalEncoder signals = new Commands.SignalEncoder();
    private Reply reply = new Reply();
    private int probes;
    private long sequence;
    private long position = -1;
    private long clientId;
    private long clientSequence;

    Ingress(final Driver driver, final OutcomeCells cells, final int commandLengthMax) {
        this.driver = driver;
        this.cells = cells;
        this.commandLengthMax = commandLengthMax;
    }

    /** Position of the last command that this ingress published, -1 before the first. */
    public long position() {
        return position;
    }

    /**
     * Number the next command, so that it can be repeated without being applied twice: after a {@link #HALTED} and a reopening the
     * same client sends the same number again and gets the first answer.
     *
     * @param clientId not 0, unique among the kernel's clients.
     * @param sequence from 1, rising.
     */
    public Ingress numbered(final long clientId, final long sequence) {
        this.clientId = clientId;
        this.clientSequence = sequence;
        return this;
    }

    /** Raise a signal and wait for the answer, 0. */
    public long raise(
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final byte[] payload) {
        return raise(coordination, signalType, sender, subject, recipient, completion, quality, 0, 0, payload);
    }

    /**
     * Raise a signal and, when {@code awaits} is not 0, declare in the same command the wait for the next completion of that agent;
     * a failed completion fails the wait.
     *
     * @param timeoutNs of the wait, 0 for none.
     * @return the handle of the wait, or 0.
     */
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
        final SlotBuffer buffer = begin(Commands.raiseSignalLength(payload.length), true);
        if (buffer == null) {
            return sequence;
        }
        try {
            signals.encode(
                    buffer,
                    clientId,
                    clientSequence,
                    coordination,
                    signalType,
                    sender,
                    subject,
                    recipient,
                    completion,
                    quality,
                    awaits,
                    timeoutNs,
                    payload,
                    0,
                    payload.length);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /**
     * Raise a signal and do not wait: its position, or why there is none. A refusal of the machine shows only in the facts.
     */
    public long offer(
            final long coordination,
            final int signalType,
            final int sender,
            final int completion,
            final byte[] payload,
            final int offset,
            final int length) {
        final SlotBuffer buffer = begin(Commands.raiseSignalLength(length), false);
        if (buffer == null) {
            return sequence;
        }
        try {
            signals.encode(
                    buffer,
                    0,
                    0,
                    coordination,
                    signalType,
                    sender,
                    0,
                    0,
                    completion,
                    Double.NaN,
                    0,
                    0,
                    payload,
                    offset,
                    length);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishOnly();
    }

    /** Set a key; answers the new version of the scope. See {@code StateRules} for {@code expectedVersion}. */
    public long setState(
            final long coordination,
            final int key,
            final int valueType,
            final long expectedVersion,
            final int changedBy,
            final byte[] value) {
        final SlotBuffer buffer = begin(Commands.setStateLength(value.length), true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeSetState(
                    buffer, clientId, clientSequence, coordination, key, valueType, expectedVersion, changedBy, value);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /** Delete a key; answers the new version of the scope. */
    public long deleteState(final long coordination, final int key, final long expectedVersion, final int changedBy) {
        final SlotBuffer buffer = begin(Commands.DELETE_STATE_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeDeleteState(buffer, coordination, key, expectedVersion, changedBy);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /** Declare a wait; answers its handle. It may have ended already. */
    public long declare(
            final long coordination,
            final DependencyKind kind,
            final int flags,
            final int owner,
            final int target,
            final long afterPosition,
            final long timeoutNs,
            final double threshold) {
        final SlotBuffer buffer = begin(Commands.DECLARE_DEPENDENCY_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeDeclareDependency(
                    buffer, coordination, kind.code(), flags, owner, target, afterPosition, timeoutNs, threshold);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /** Give a wait up; answers 0. */
    public long cancel(final long coordination, final long dependency) {
        final SlotBuffer buffer = begin(Commands.CANCEL_DEPENDENCY_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeCancelDependency(buffer, coordination, dependency);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /** Mark a resource available or not; answers 0. */
    public long markResource(final long coordination, final int resource, final boolean available) {
        final SlotBuffer buffer = begin(Commands.MARK_RESOURCE_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeMarkResource(buffer, coordination, resource, available);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /** Score a gate, or fail it for good; answers 0. */
    public long scoreGate(final long coordination, final int gate, final boolean failed, final double score) {
        final SlotBuffer buffer = begin(Commands.SCORE_GATE_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeScoreGate(buffer, coordination, gate, failed, score);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /** Announce that an attempt is about to start; answers 0. */
    public long startStep(
            final long coordination, final long run, final int step, final int attempt, final byte[] worker) {
        final SlotBuffer buffer = begin(Commands.startStepLength(worker), true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeStartStep(buffer, coordination, run, step, attempt, worker);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /** Report the end of an attempt; answers 0. */
    public long finishStep(
            final long coordination,
            final long run,
            final int step,
            final int attempt,
            final int ending,
            final int exitCode,
            final byte[] result,
            final byte[] detail) {
        final SlotBuffer buffer = begin(Commands.finishStepLength(result, detail), true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeFinishStep(buffer, coordination, run, step, attempt, ending, exitCode, result, detail);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /** Cancel a run; answers 0. */
    public long cancelRun(final long coordination, final long run) {
        final SlotBuffer buffer = begin(Commands.CANCEL_RUN_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeCancelRun(buffer, coordination, run);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    /** Go on with a finished run whose steps failed or were cancelled; answers 0. */
    public long retryRun(final long coordination, final long run) {
        final SlotBuffer buffer = begin(Commands.RETRY_RUN_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeRetryRun(buffer, coordination, run);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    long openCoordination(final byte[] name) {
        final SlotBuffer buffer = begin(Commands.openCoordinationLength(name), true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeOpenCoordination(buffer, name);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    long closeCoordination(final long coordination) {
        final SlotBuffer buffer = begin(Commands.CLOSE_COORDINATION_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeCloseCoordination(buffer, coordination);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    long internName(final byte[] name) {
        final SlotBuffer buffer = begin(Commands.internNameLength(name), true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeInternName(buffer, name);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    long beginUpload(final int totalLength, final long crc32c) {
        final SlotBuffer buffer = begin(Commands.BEGIN_UPLOAD_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeBeginUpload(buffer, totalLength, crc32c);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    long appendChunk(final long upload, final byte[] content, final int offset, final int length) {
        final SlotBuffer buffer = begin(Commands.appendChunkLength(length), true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeAppendChunk(buffer, upload, content, offset, length);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    long deployWorkflow(final long upload) {
        final SlotBuffer buffer = begin(Commands.DEPLOY_WORKFLOW_LENGTH, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeDeployWorkflow(buffer, upload);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    long startRun(final long coordination, final int definition, final byte[] inputs) {
        final SlotBuffer buffer = begin(Commands.startRunLength(inputs), true);
        if (buffer == null) {
            return sequence;
        }
        try {
            Commands.encodeStartRun(buffer, coordination, definition, inputs);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
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
            Thread.onSpinWait();
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

    /** Fills a buffer of a command's length. */
    interface Encoder {
        void encode(SlotBuffer buffer, long clientId, long clientSequence);
    }

    long submit(final int length, final Encoder encoder) {
        final SlotBuffer buffer = begin(length, true);
        if (buffer == null) {
            return sequence;
        }
        try {
            encoder.encode(buffer, clientId, clientSequence);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        return publishAndAnswer();
    }

    private SlotBuffer begin(final int length, final boolean patient) {
        if (!driver.isOpen()) {
            sequence = HALTED;
            return null;
        }
        if (length > commandLengthMax) {
            sequence = Rejection.TOO_LONG.answer();
            return null;
        }
        if (!driver.hasStackHeadroom(++probes)) {
            sequence = NO_STACK;
            return null;
        }
        final byte[] large = CommandRing.largeArray(length);
        sequence = driver.claim(patient);
        if (sequence == CommandRing.FULL) {
            sequence = driver.isOpen() ? BACK_PRESSURED : HALTED;
            return null;
        }
        try {
            if (patient) {
                reply.arm();
            }
            return driver.ring().prepare(sequence, length, large, patient ? reply : null);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
    }

    /** What was claimed cannot be encoded: it becomes a command that does nothing, so that the order has no gap. */
    private void abandon() {
        driver.ring().voidClaim(sequence);
        publish();
    }

    private void publish() {
        clientId = 0;
        position = driver.position(sequence);
        driver.ring().publish(sequence);
        driver.onPublished();
    }

    private long publishAndAnswer() {
        publish();
        if (!driver.awaitReply(reply)) {
            reply = new Reply();
            return HALTED;
        }
        return reply.answer();
    }

    /** Whoever finds the kernel open behind its publish is served: who closes looks behind closing. */
    private long publishOnly() {
        publish();
        return driver.isOpen() ? position : HALTED;
    }
}
