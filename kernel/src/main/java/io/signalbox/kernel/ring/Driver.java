package io.signalbox.kernel.ring;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.Sequence;
import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.wait.Reply;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.wait.Subscribers;
import io.signalbox.kernel.wait.Waiters;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Turns the machine. Whoever holds the {@link Baton} is the one writer: it stamps and journals what is published, applies what the
 * journal has, notes whom to wake, puts the baton down, looks at the next slot again, and wakes.
 *
 * <p>A holder stops after {@value #TURN_COMMANDS_MAX} commands and hands the baton to a thread that already waits, else to the
 * helper. A turn runs no user code. Syncing the journal happens under a lock of its own, beside appends.
 */
public final class Driver {
    /** Commands that one holder applies before it hands the baton on. */
    public static final int TURN_COMMANDS_MAX = 256;

    private static final int MARK_COMMANDS = 4096;
    private static final int SYNC_ROUNDS_MAX = 64;

    private final CoordinationMachine machine;
    private final Journal journal;
    private final TurnMode mode;
    private final boolean appliesSynced;
    private final CommandRing ring;
    private final EventPoller<CommandSlot> toJournal;
    private final EventPoller<CommandSlot> toApply;
    private final Sequence journaled = new Sequence();
    private final Sequence durable = new Sequence();
    private final long firstPosition;
    private final JournalStage journalStage;
    private final ApplyStage applyStage;
    private final KernelTime time;
    private final Baton baton = new Baton();
    private final AtomicReference<Thread> candidate = new AtomicReference<>();
    private final ReentrantLock syncLock = new ReentrantLock();
    private final ConcurrentLinkedQueue<FutureTask<?>> queries = new ConcurrentLinkedQueue<>();
    private final AtomicReference<WakeList> spareWakes = new AtomicReference<>(new WakeList());
    private final Waiters waiters;
    private final Waiters runWaiters;
    private final Subscribers subscribers = new Subscribers();
    private final Spinning spinning;
    private final TaskFeed feed = new TaskFeed();
    private final long[] digests;
    private Helper helper;
    private Thread invoker;
    private long markedApplied;
    private volatile long nextDeadlineNs = Long.MAX_VALUE;
    private volatile Throwable halted;
    private volatile boolean closed;
    private volatile boolean ended;

    public Driver(
            final CoordinationMachine machine,
            final Journal journal,
            final TurnMode mode,
            final boolean appliesSynced,
            final int ringCapacity,
            final int waitersMax,
            final int runsMax,
            final int roomCount,
            final Spinning spinning,
            final KernelTime time) {
        this.machine = machine;
        this.journal = journal;
        this.mode = mode;
        this.appliesSynced = appliesSynced;
        this.time = time;
        this.spinning = spinning;
        firstPosition = machine.appliedPosition() + 1;
        digests = new long[roomCount];
        waiters = new Waiters(waitersMax);
        runWaiters = new Waiters(runsMax);
        ring = new CommandRing(ringCapacity);
        toJournal = ring.newPoller();
        toApply = ring.newPoller(appliesSynced ? durable : journaled);
        ring.addGatingSequence(toApply.getSequence());
        journalStage = new JournalStage(
                journal, time, firstPosition, machine.appliedTimestampNs(), journaled, TURN_COMMANDS_MAX);
        applyStage = new ApplyStage(machine, feed, TURN_COMMANDS_MAX);
    }

    /** Start the threads of this mode. */
    public void start(final String name) {
        nextDeadlineNs = machine.nextDeadlineNs();
        if (journal != null && firstPosition > 0) {
            machine.digest().copyTo(digests);
            journal.appendMark(firstPosition - 1, digests, digests.length);
            journal.commit();
        }
        if (mode == TurnMode.INVOKER) {
            invoker = Thread.currentThread();
        } else {
            helper = new Helper(this, name, mode);
            helper.start();
        }
        onPublished();
    }

    // ------------------------------------------------------------------ publishing

    public CommandRing ring() {
        return ring;
    }

    /** Position of the command that took this sequence. */
    public long position(final long sequence) {
        return firstPosition + sequence;
    }

    /**
     * Claim a sequence. A full ring is drained by the one who met it; when another thread is draining it, {@code patient} callers
     * back off until there is room, others get {@link CommandRing#FULL}.
     */
    public long claim(final boolean patient) {
        long sequence = ring.claim();
        if (sequence >= 0) {
            return sequence;
        }
        onPublished();
        sequence = ring.claim();
        if (sequence >= 0 || !patient) {
            return sequence;
        }
        final IdleStrategy idle = new BackoffIdleStrategy();
        while (sequence < 0 && isOpen()) {
            idle.idle();
            onPublished();
            sequence = ring.claim();
        }
        return sequence;
    }

    /** To be called after every publish: turn the machine, or make sure that somebody does. */
    public void onPublished() {
        VarHandle.fullFence();
        switch (mode) {
            case CALLER -> turn();
            case SHARED, DEDICATED -> helper.onPublished();
            case INVOKER -> {
                if (Thread.currentThread() == invoker) {
                    turn();
                }
            }
        }
    }

    /** Whether a turn fits on the calling thread's stack. Only those that turn need to ask. */
    public boolean hasStackHeadroom() {
        return mode == TurnMode.SHARED || mode == TurnMode.DEDICATED || StackHeadroom.isEnough();
    }

    // ------------------------------------------------------------------ turning

    /** Take the baton if it is free and turn until there is nothing left, or the baton was handed on. */
    void turn() {
        int syncRounds = 0;
        while (baton.tryTake()) {
            if (!turnHeld()) {
                return;
            }
            if (needsSync()) {
                if (mode == TurnMode.CALLER && syncRounds++ == SYNC_ROUNDS_MAX) {
                    helper.requestTurn();
                    return;
                }
                if (!syncAsLeader()) {
                    return;
                }
            } else if (!hasWork()) {
                return;
            }
        }
    }

    /** Turn with the baton in hand. Returns false when it was handed on, true when it is down. */
    boolean turnHeld() {
        final WakeList wakes = takeWakes();
        boolean spent = false;
        try {
            spent = drain(wakes);
        } catch (final Throwable e) {
            halt(e);
        } finally {
            final Thread successor = spent ? successor() : null;
            if (successor != null) {
                baton.handTo(successor);
                LockSupport.unpark(successor);
            } else {
                baton.putDown();
            }
            wakes.wake(waiters, runWaiters, feed, subscribers);
            spareWakes.lazySet(wakes);
            if (helper != null) {
                helper.onDeadline(nextDeadlineNs);
            }
            spent = successor != null;
        }
        return !spent;
    }

    private WakeList takeWakes() {
        final WakeList spare = spareWakes.getAndSet(null);
        return spare == null ? new WakeList() : spare;
    }

    private Thread successor() {
        if (mode != TurnMode.CALLER || closed) {
            return null;
        }
        final Thread waiting = candidate.get() == null ? null : candidate.getAndSet(null);
        return waiting == null ? helper.thread() : waiting;
    }

    /** Stamp, journal, apply; whether it stopped with work left. */
    private boolean drain(final WakeList wakes) throws Exception {
        applyStage.begin(wakes);
        while (true) {
            serveQueries();
            if (halted != null) {
                return false;
            }
            final boolean continued = applyStage.wantsContinue() && publishContinue();
            final long before =
                    toJournal.getSequence().get() + toApply.getSequence().get();
            toJournal.poll(journalStage);
            toApply.poll(applyStage);
            final boolean idle =
                    toJournal.getSequence().get() + toApply.getSequence().get() == before;
            if (applyStage.isSpent() || idle && !continued && !(applyStage.wantsContinue() && !needsSync())) {
                break;
            }
        }
        markIfDue(false);
        final long deadlineNs = machine.nextDeadlineNs();
        if (deadlineNs != nextDeadlineNs) {
            nextDeadlineNs = deadlineNs;
        }
        return applyStage.isSpent() && (hasWork() || applyStage.wantsContinue());
    }

    private boolean publishContinue() {
        final long sequence = ring.claim();
        if (sequence < 0) {
            return false;
        }
        Commands.encodeContinue(ring.prepare(sequence, Commands.PLAIN_LENGTH, null));
        ring.publish(sequence);
        applyStage.onContinuePublished();
        return true;
    }

    /** Anything to do for a holder, as far as this thread can see. Behind the fence of putting the baton down. */
    boolean hasWork() {
        if (halted != null) {
            return !queries.isEmpty();
        }
        final long applied = toApply.getSequence().get();
        return ring.isPublished(toJournal.getSequence().get() + 1)
                || (appliesSynced ? durable : journaled).get() > applied
                || !queries.isEmpty();
    }

    private void markIfDue(final boolean closing) {
        final long applied = toApply.getSequence().get();
        if (journal == null || halted != null || journaled.get() != applied || applied < 0) {
            return;
        }
        if (applied + 1 - markedApplied >= (closing ? 1 : MARK_COMMANDS)) {
            machine.digest().copyTo(digests);
            journal.appendMark(position(applied), digests, digests.length);
            journal.commit();
            markedApplied = applied + 1;
        }
    }

    // ------------------------------------------------------------------ syncing

    private boolean needsSync() {
        return appliesSynced && halted == null && durable.get() < journaled.get();
    }

    /** Sync as the leader of whoever has journaled; false when another thread leads and will look again. */
    private boolean syncAsLeader() {
        if (!syncLock.tryLock()) {
            return false;
        }
        try {
            sync();
        } finally {
            syncLock.unlock();
            VarHandle.fullFence();
        }
        return true;
    }

    private void sync() {
        final long target = journaled.get();
        try {
            journal.sync();
            durable.set(target);
        } catch (final Throwable e) {
            halted = e;
            while (!baton.tryTake()) {
                Thread.onSpinWait();
            }
            concludeHalted();
            baton.putDown();
        }
    }

    /** Wait until a position survives the power cord; group commit: who comes second finds it done. False when halted. */
    public boolean awaitSynced(final long position) {
        final long sequence = position - firstPosition;
        while (durable.get() < sequence && halted == null) {
            syncLock.lock();
            try {
                if (durable.get() < sequence) {
                    sync();
                }
            } finally {
                syncLock.unlock();
            }
        }
        return durable.get() >= sequence;
    }

    // ------------------------------------------------------------------ waiting

    /** Wait for the answer to a published command. Not interruptible: a command takes a turn, not longer. */
    public boolean awaitReply(final Reply reply) {
        if (reply.isDone()) {
            return true;
        }
        final int spins = spinning.acquire();
        for (int i = 0; i < spins && !reply.isDone() && isOpen(); i++) {
            Thread.onSpinWait();
        }
        spinning.release(spins);
        boolean interrupted = false;
        while (!reply.isDone() && isServed()) {
            turnIfInvoker();
            reply.stand(true);
            final boolean standing = stand();
            if (!reply.isDone() && isServed() && !baton.isMine()) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            leave(standing);
            reply.stand(false);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return reply.isDone();
    }

    /** Be found by a holder that wants to hand the baton on, if nobody else is. Ends with a full fence. */
    public boolean stand() {
        final boolean standing = mode == TurnMode.CALLER && candidate.compareAndSet(null, Thread.currentThread());
        VarHandle.fullFence();
        return standing;
    }

    /**
     * No longer be found. A holder that has already chosen this thread hands it the baton in its next few instructions; then it
     * is this thread's turn.
     *
     * @param standing what {@link #stand} answered.
     */
    public void leave(final boolean standing) {
        if (!standing || candidate.compareAndSet(Thread.currentThread(), null)) {
            return;
        }
        while (!baton.isMine()) {
            Thread.onSpinWait();
        }
        turnOn();
    }

    /** Go on with a baton that was handed to this thread. */
    void turnOn() {
        if (turnHeld() && (hasWork() || needsSync())) {
            onPublished();
        }
    }

    /** In INVOKER mode the invoker turns while it waits; whether the calling thread is it. */
    public boolean turnIfInvoker() {
        final boolean mine = mode == TurnMode.INVOKER && Thread.currentThread() == invoker;
        if (mine) {
            turn();
            pulseIfDue();
        }
        return mine;
    }

    /** Whether the baton was handed to the calling thread. */
    public boolean isMine() {
        return baton.isMine();
    }

    // ------------------------------------------------------------------ asking

    /** Run a read of the machine between two turns. Ours only, never a user's code; it must not change anything. */
    public <T> T query(final Callable<T> read) {
        final FutureTask<T> task = new FutureTask<>(read);
        queries.add(task);
        VarHandle.fullFence();
        if (closed || halted != null) {
            turn();
        } else {
            onPublished();
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (final InterruptedException e) {
                    interrupted = true;
                } catch (final ExecutionException e) {
                    throw new IllegalStateException("a read of the machine failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serveQueries() {
        FutureTask<?> task = queries.poll();
        while (task != null) {
            task.run();
            task = queries.poll();
        }
    }

    // ------------------------------------------------------------------ time

    /** Kernel time now, in nanoseconds. */
    public long nowNs() {
        return time.nowNs();
    }

    /** When the next deadline is due, as of the last turn. */
    long nextDeadlineNs() {
        return nextDeadlineNs;
    }

    /** Publish a {@code Pulse} if something is due and none is on its way. Whether it did. Any thread. */
    public boolean pulseIfDue() {
        if (applyStage.isPulseInFlight() || nextDeadlineNs > time.nowNs() || !isOpen()) {
            return false;
        }
        final long sequence = ring.claim();
        if (sequence < 0) {
            onPublished();
            return false;
        }
        applyStage.onPulsePublished();
        Commands.encodePulse(ring.prepare(sequence, Commands.PLAIN_LENGTH, null));
        ring.publish(sequence);
        onPublished();
        return true;
    }

    // ------------------------------------------------------------------ ending

    private void halt(final Throwable cause) {
        if (halted == null) {
            halted = cause;
        }
        concludeHalted();
    }

    private void concludeHalted() {
        VarHandle.fullFence();
        for (long sequence = toApply.getSequence().get() + 1; sequence < ring.claimed(); sequence++) {
            wakeOwner(ring.slot(sequence).peekReply());
        }
        applyStage.forEachDeferred(Driver::wakeOwner);
        waiters.wakeAll();
        runWaiters.wakeAll();
        subscribers.wake();
        feed.close();
    }

    private static void wakeOwner(final Reply reply) {
        if (reply != null) {
            LockSupport.unpark(reply.owner());
        }
    }

    /** Stop: what was published is applied, the journal gets a mark. Closing twice is harmless. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (helper != null) {
            helper.close();
        }
        do {
            takeBaton();
            if (halted == null && !needsSync() && !hasWork()) {
                break;
            }
            turnHeld();
            if (needsSync()) {
                syncAsLeader();
            }
        } while (halted == null);
        try {
            if (baton.isMine()) {
                markIfDue(true);
            }
        } finally {
            ended = true;
            concludeHalted();
            if (baton.isMine()) {
                baton.putDown();
            }
        }
    }

    private void takeBaton() {
        while (!baton.isMine() && !baton.tryTake() && !(helper != null && baton.tryTakeFrom(helper.thread()))) {
            Thread.onSpinWait();
        }
    }

    /** Whether commands are taken. */
    public boolean isOpen() {
        return !closed && halted == null;
    }

    /** Whether what was published still gets its turn. */
    public boolean isServed() {
        return !ended && halted == null;
    }

    /** Why the kernel halted, or null. */
    public Throwable haltCause() {
        return halted;
    }

    public Waiters waiters() {
        return waiters;
    }

    public Waiters runWaiters() {
        return runWaiters;
    }

    public Subscribers subscribers() {
        return subscribers;
    }

    public Spinning spinning() {
        return spinning;
    }

    public TaskFeed feed() {
        return feed;
    }

    /** Commands applied since launch. */
    public long applied() {
        return applyStage.applied();
    }
}
