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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.collections.LongObjConsumer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Turns the machine. Whoever holds the {@link Baton} is the one writer: it stamps and journals what is published, applies what the
 * journal has, notes whom to wake, puts the baton down, looks at the next slot again, and wakes.
 *
 * <p>A holder stops after {@value #TURN_COMMANDS_MAX} commands and hands the baton to a thread that already waits, else to the
 * helper. A turn runs no user code. Syncing the journal happens under a lock of its own, beside appends.
 *
 * <p>Longer than most classes here: what holds the baton, what waits for it and what ends it share the orders of their looks.
 */
public final class Driver {
    /** Commands that one holder applies before it hands the baton on. */
    public static final int TURN_COMMANDS_MAX = 256;

    private static final VarHandle HALTED;
    private static final int SPINS_BEFORE_KEEPING = 1000;
    private static final int MARK_COMMANDS = 4096;
    private static final int SYNC_ROUNDS_MAX = 8;
    private static final int HANDED_ON = -1;
    private static final int SPARE_WAKES = 16;
    private static final long CLAIM_PATIENCE_NS = 10_000_000_000L;
    private static final LongObjConsumer<Reply> WAKE_OWNER = (position, reply) -> LockSupport.unpark(reply.owner());

    static {
        try {
            HALTED = MethodHandles.lookup().findVarHandle(Driver.class, "halted", Throwable.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CoordinationMachine machine;
    private final Journal journal;
    private final TurnMode mode;
    private final CommandRing ring;
    private final EventPoller<CommandSlot> toJournal;
    private final EventPoller<CommandSlot> toApply;
    private final Sequence journaled = new Sequence();
    private final Sequence applicable;
    private final long firstPosition;
    private final JournalStage journalStage;
    private final SyncStage syncStage;
    private final ApplyStage applyStage;
    private final KernelTime time;
    private final Baton baton = new Baton();
    private final AtomicReference<Thread> candidate = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Query<?>> queries = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<WakeList> spareWakes = new AtomicReferenceArray<>(SPARE_WAKES);
    private final Waiters waiters;
    private final Waiters runWaiters;
    private final Subscribers subscribers = new Subscribers();
    private final Spinning spinning;
    private final TaskFeed feed = new TaskFeed(this);
    private final LongAdder backPressured = new LongAdder();
    private final ReentrantLock closing = new ReentrantLock();
    private final long[] digests;
    private Helper helper;
    private Thread invoker;
    private long markedApplied;
    private final AtomicBoolean kept = new AtomicBoolean(); // for people and tests: lazily set under the baton
    private int lastKeeper; // written under the baton, read as a hint
    private volatile long nextDeadlineNs = Long.MAX_VALUE;
    private volatile boolean continueWanted;
    private volatile boolean invokerParked;
    private volatile Throwable halted;
    private volatile boolean concluded;
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
        this.time = time;
        this.spinning = spinning;
        firstPosition = machine.appliedPosition() + 1;
        digests = new long[roomCount];
        waiters = new Waiters(waitersMax);
        runWaiters = new Waiters(runsMax);
        syncStage = new SyncStage(journal, journaled, appliesSynced);
        applicable = appliesSynced ? syncStage.durable() : journaled;
        ring = new CommandRing(ringCapacity);
        toJournal = ring.newPoller();
        toApply = ring.newPoller(applicable);
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
        continueWanted = machine.hasBacklog();
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
        final long sequence = ring.claim();
        return sequence >= 0 ? sequence : claimInFullRing(patient);
    }

    private long claimInFullRing(final boolean patient) {
        onPublished();
        long sequence = ring.claim();
        if (patient) {
            final IdleStrategy idle = new BackoffIdleStrategy();
            while (sequence < 0 && isOpen()) {
                idle.idle();
                onPublished();
                sequence = ring.claim();
            }
        } else if (sequence < 0) {
            backPressured.increment();
        }
        return sequence;
    }

    /** Commands refused because the ring was full and another thread was emptying it. Any thread. */
    public long backPressured() {
        return backPressured.sum();
    }

    /** To be called after every publish: turn the machine, or make sure that somebody does. Begins with a full fence. */
    public void onPublished() {
        VarHandle.fullFence();
        switch (mode) {
            case CALLER -> turn();
            case SHARED, DEDICATED -> helper.onPublished();
            case INVOKER -> {
                if (Thread.currentThread() == invoker) {
                    turn();
                } else if (invokerParked) {
                    LockSupport.unpark(invoker);
                }
            }
        }
    }

    /**
     * Whether a turn fits on the calling thread's stack. Asked in every mode: who runs out of stack between claim and publish stops
     * the order.
     *
     * @param count of the calling thread's questions.
     */
    public boolean hasStackHeadroom(final int count) {
        return StackHeadroom.isEnough(count);
    }

    // ------------------------------------------------------------------ turning

    /** Take the baton if it is free, and go on with it. */
    void turn() {
        if (baton.tryTake()) {
            turnOn();
        }
    }

    /** Turn with the baton in hand until there is nothing left, or the baton is handed on. */
    void turnOn() {
        int applied = 0;
        int syncRounds = 0;
        do {
            applied = turnHeld(applied);
            if (applied == HANDED_ON || applied >= TURN_COMMANDS_MAX && isHelperTurning()) {
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
        } while (baton.tryTake());
    }

    /**
     * For a waiter that spins anyway: turn the machine meanwhile, and keep the baton from one look to the next, so that the machine's
     * memory stays with one core while commands come from others. Who kept it last takes it at once, another waiter only when
     * that one does not come back. It is put down before anybody is woken, and when the kernel closes. Never throws.
     *
     * @param keeper names the waiter, not 0.
     * @param isKeeping what the last call answered, false at first.
     * @param spins how often the waiter has looked.
     * @return whether the calling thread holds the baton now; then {@link #stopKeeping} must follow.
     */
    public boolean keepTurning(final int keeper, final boolean isKeeping, final int spins) {
        if (!isKeeping) {
            final boolean isLate = spins < SPINS_BEFORE_KEEPING && lastKeeper != keeper && lastKeeper != 0;
            if (mode != TurnMode.CALLER || applicable != journaled || isLate || closed || !takeToKeep()) {
                return false;
            }
            if (lastKeeper != keeper) {
                lastKeeper = keeper;
            }
            kept.lazySet(true);
        }
        if (closed) {
            stopKeeping();
            return false;
        }
        return !hasWork() || turnKeeping();
    }

    private boolean takeToKeep() {
        return !baton.isTaken() && StackHeadroom.isEnough() && baton.tryTake();
    }

    private boolean turnKeeping() {
        WakeList wakes = null;
        boolean keeps = false;
        try {
            wakes = takeWakes();
            applyStage.begin(wakes, 0);
            drain(wakes);
            VarHandle.fullFence(); // what was applied is told before looking who stands
            keeps = isServed() && wakes.dropIfNobodyStands(waiters, subscribers);
        } catch (final Throwable e) {
            haltWith(e);
        } finally {
            if (!keeps) {
                kept.lazySet(false);
                baton.putDown();
            }
        }
        if (!keeps) {
            tell(wakes);
            if (hasWork()) {
                turn(); // published while the baton was still in hand, by somebody who has left
            }
            return false;
        }
        giveBack(wakes);
        helper.onDeadline(nextDeadlineNs);
        return true;
    }

    /** Whether a waiter keeps the baton while it spins. Any thread; out of date at once. */
    public boolean isKept() {
        return kept.get();
    }

    /** Put down the baton that {@link #keepTurning} kept, and look at the next slot again. */
    public void stopKeeping() {
        kept.lazySet(false);
        baton.putDown();
        if (hasWork()) {
            onPublished();
        }
    }

    private boolean isHelperTurning() {
        return mode == TurnMode.SHARED || mode == TurnMode.DEDICATED;
    }

    /**
     * Turn with the baton in hand, then put it down or hand it on, then wake.
     *
     * @param appliedBefore what this thread has applied already since it last waited.
     * @return that and what it has applied now, or {@link #HANDED_ON}. Never throws.
     */
    private int turnHeld(final int appliedBefore) {
        WakeList wakes = null;
        Thread successor = null;
        int applied = appliedBefore;
        try {
            wakes = takeWakes();
            applyStage.begin(wakes, appliedBefore < TURN_COMMANDS_MAX ? appliedBefore : 0);
            final boolean isWorkLeft = drain(wakes);
            applied = applyStage.batch();
            successor = isWorkLeft ? successor() : null;
        } catch (final Throwable e) {
            haltWith(e);
        } finally {
            if (successor == null) {
                baton.putDown();
            } else {
                baton.handTo(successor);
                LockSupport.unpark(successor);
            }
        }
        tell(wakes);
        return successor == null ? applied : HANDED_ON;
    }

    /** The baton is down, behind a full fence. */
    private void tell(final WakeList wakes) {
        try {
            if (wakes != null) {
                wakes.wake(waiters, runWaiters, feed, subscribers);
                giveBack(wakes);
            }
        } catch (final Throwable e) {
            haltWith(e);
        }
        if (halted != null && !concluded) {
            concludeHalted();
        }
        if (helper != null) {
            helper.onDeadline(nextDeadlineNs);
        }
    }

    /** Holders that have put the baton down still wake while the next one turns: a few lists, made once. */
    private WakeList takeWakes() {
        for (int i = 0; i < SPARE_WAKES; i++) {
            final WakeList spare = spareWakes.getPlain(i) == null ? null : spareWakes.getAndSet(i, null);
            if (spare != null) {
                return spare;
            }
        }
        return new WakeList();
    }

    private void giveBack(final WakeList wakes) {
        for (int i = 0; i < SPARE_WAKES; i++) {
            if (spareWakes.getPlain(i) == null && spareWakes.compareAndSet(i, null, wakes)) {
                return;
            }
        }
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
        while (true) {
            serveQueries(wakes);
            if (!isServed()) {
                return false;
            }
            final boolean continued = applyStage.wantsContinue() && publishContinue();
            toJournal.poll(journalStage);
            toApply.poll(applyStage);
            final boolean isIdle = !continued && !isPollable() && queries.isEmpty();
            if (applyStage.isSpent() || isIdle && !(applyStage.wantsContinue() && !needsSync())) {
                break;
            }
        }
        markIfDue(false);
        final long deadlineNs = machine.nextDeadlineNs();
        if (deadlineNs != nextDeadlineNs) {
            nextDeadlineNs = deadlineNs;
        }
        applyStage.landPulse();
        if (continueWanted != applyStage.wantsContinue()) {
            continueWanted = applyStage.wantsContinue();
        }
        return applyStage.isSpent() && hasWork();
    }

    private boolean publishContinue() {
        final long sequence = ring.claim();
        if (sequence < 0) {
            return false;
        }
        Commands.encodeContinue(ring.prepare(sequence, Commands.PLAIN_LENGTH, null, null));
        ring.publish(sequence);
        applyStage.onContinuePublished();
        return true;
    }

    private boolean isPollable() {
        return ring.isPublished(toJournal.getSequence().get() + 1)
                || applicable.get() > toApply.getSequence().get();
    }

    /** Anything to do for a holder, as far as this thread can see. Behind the fence of putting the baton down. */
    boolean hasWork() {
        if (!isServed()) {
            return !queries.isEmpty();
        }
        return isPollable() || continueWanted || !queries.isEmpty();
    }

    /** Whether the helper, which is about to park, would leave something undone. */
    boolean hasWorkForHelper() {
        return hasWork() || isServed() && syncStage.isLeaderWanted();
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
        return syncStage.isNeeded() && isServed();
    }

    /** Sync as the leader of whoever has journaled; false when another thread leads and will look again. */
    private boolean syncAsLeader() {
        try {
            return syncStage.tryLead();
        } catch (final Throwable e) {
            haltOutside(e);
            return true;
        }
    }

    /**
     * Wait until a position survives the power cord; group commit: who comes second finds it done. False when the kernel halted or
     * closed before.
     *
     * @throws IllegalArgumentException when no command has this position yet.
     */
    public boolean awaitSynced(final long position) {
        final long sequence = Math.max(-1, position - firstPosition);
        if (sequence >= ring.claimed()) {
            throw new IllegalArgumentException(
                    "position " + position + " has no command yet; the last one is " + position(ring.claimed() - 1));
        }
        requireStackHeadroom();
        final IdleStrategy idle = new BackoffIdleStrategy();
        while (syncStage.durable().get() < sequence && isServed()) {
            if (journaled.get() < sequence) {
                onPublished();
                idle.idle();
            } else {
                try {
                    syncStage.lead(sequence);
                } catch (final Throwable e) {
                    haltOutside(e);
                }
                onPublished(); // what waited for this sync, and whoever found the lock taken
            }
        }
        return syncStage.durable().get() >= sequence;
    }

    // ------------------------------------------------------------------ waiting

    /** Wait for the answer to a published command. Not interruptible: a command takes a turn, not longer. */
    public boolean awaitReply(final Reply reply) {
        if (reply.isDone()) {
            return true;
        }
        final int spins = spinning.acquire();
        for (int i = 0; i < spins && !reply.isDone() && isOpen(); i++) {
            Spinning.pause(spins);
        }
        spinning.release(spins);
        boolean interrupted = false;
        try {
            while (!reply.isDone() && isServed()) {
                turnIfInvoker();
                reply.stand(true);
                VarHandle.fullFence();
                if (!reply.isDone() && isServed()) {
                    park(Long.MAX_VALUE);
                    interrupted |= Thread.interrupted();
                }
                reply.stand(false);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return reply.isDone();
    }

    /**
     * Park the calling thread until it is unparked or interrupted, or the time is up, or for no reason. It has registered where its
     * waker looks, and looked again behind a full fence. While it is parked a holder may hand it the baton; then it turns before
     * this returns. In INVOKER mode the invoker does not sleep longer than until the next deadline, or while there is work.
     *
     * @param leftNs {@link Long#MAX_VALUE} for no limit.
     */
    public void park(final long leftNs) {
        final Thread me = Thread.currentThread();
        if (mode == TurnMode.CALLER) {
            final boolean standing =
                    candidate.get() == null && StackHeadroom.isEnough() && candidate.compareAndSet(null, me);
            try {
                if (!baton.isMine()) {
                    parkFor(leftNs);
                }
            } finally {
                leave(standing);
            }
        } else if (me == invoker) {
            parkInvoker(leftNs);
        } else {
            parkFor(leftNs);
        }
    }

    private void parkFor(final long leftNs) {
        if (leftNs == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, leftNs);
        }
    }

    private void parkInvoker(final long leftNs) {
        invokerParked = true;
        VarHandle.fullFence();
        final long deadlineNs = nextDeadlineNs;
        final long dueNs = deadlineNs == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNs - time.nowNs();
        if (!hasWorkForHelper() && dueNs > 0) {
            parkFor(Math.min(leftNs, dueNs));
        }
        invokerParked = false;
    }

    /**
     * No longer be found. A holder that has already chosen this thread hands it the baton in its next few instructions; then it
     * is this thread's turn.
     */
    private void leave(final boolean standing) {
        if (!standing || candidate.compareAndSet(Thread.currentThread(), null)) {
            return;
        }
        while (!baton.isMine()) {
            Thread.onSpinWait();
        }
        turnOn();
    }

    /** Whether the calling thread is the one that turns in INVOKER mode. It must not spin for what only it can bring about. */
    public boolean isInvoker() {
        return mode == TurnMode.INVOKER && Thread.currentThread() == invoker;
    }

    /** In INVOKER mode the invoker turns while it waits; whether the calling thread is it. */
    public boolean turnIfInvoker() {
        final boolean mine = isInvoker();
        if (mine) {
            requireStackHeadroom();
            turn();
            pulseIfDue();
        }
        return mine;
    }

    private static void requireStackHeadroom() {
        if (!StackHeadroom.isEnough()) {
            throw new IllegalStateException(
                    "the calling thread has too little stack left to turn the kernel; nothing was done");
        }
    }

    /** Whether a thread holds the baton. To be asked by that thread; else it is a guess. */
    public boolean isHeldBy(final Thread thread) {
        return baton.isHeldBy(thread);
    }

    /** Whether the baton was handed to the calling thread. */
    boolean isMine() {
        return baton.isMine();
    }

    // ------------------------------------------------------------------ asking

    /**
     * Run a read of the machine between two turns. Ours only, never a user's code; it must not change anything.
     *
     * @throws IllegalStateException when the calling thread has too little stack left to turn the machine, or the read fails.
     */
    public <T> T query(final Callable<T> read) {
        requireStackHeadroom();
        final Query<T> query = new Query<>(read);
        queries.add(query);
        VarHandle.fullFence();
        if (isServed()) {
            onPublished();
        }
        boolean interrupted = false;
        try {
            while (!query.isDone()) {
                if (isServed()) {
                    turnIfInvoker();
                } else {
                    turn(); // nobody else may come; who holds the baton looks again behind us
                }
                if (!query.isDone()) {
                    park(Long.MAX_VALUE);
                    interrupted |= Thread.interrupted();
                }
            }
            return query.get();
        } catch (final InterruptedException e) {
            throw new IllegalStateException("a finished read does not wait", e);
        } catch (final ExecutionException e) {
            throw new IllegalStateException("a read of the machine failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serveQueries(final WakeList wakes) {
        Query<?> query = queries.isEmpty() ? null : queries.poll();
        while (query != null) {
            query.run();
            if (query.owner() != Thread.currentThread()) {
                wakes.addThread(query.owner());
            }
            query = queries.poll();
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

    /** Whether a {@code Pulse} is on its way. */
    boolean isPulseInFlight() {
        return applyStage.isPulseInFlight();
    }

    /** Publish a {@code Pulse} if something is due and none is on its way. Whether it did. Any thread. */
    public boolean pulseIfDue() {
        if (nextDeadlineNs > time.nowNs() || !isOpen() || !StackHeadroom.isEnough() || !applyStage.tryBeginPulse()) {
            return false;
        }
        // The last pulse may have landed between the two looks.
        final long sequence = nextDeadlineNs > time.nowNs() ? CommandRing.FULL : ring.claim();
        if (sequence < 0) {
            applyStage.endPulse();
            onPublished();
            return false;
        }
        Commands.encodePulse(ring.prepare(sequence, Commands.PLAIN_LENGTH, null, null));
        ring.publish(sequence);
        onPublished();
        return true;
    }

    // ------------------------------------------------------------------ ending

    private void haltWith(final Throwable cause) {
        HALTED.compareAndSet(this, null, cause);
    }

    /** Halt from outside a turn: nobody is told before the present holder has put the baton down. */
    void haltOutside(final Throwable cause) {
        haltWith(cause);
        takeBaton();
        baton.putDown();
        concludeHalted();
        if (hasWork()) {
            turn();
        }
    }

    /** Wake everybody; they look and find that the kernel is no longer served. The baton is down and no turn changes anything. */
    private void concludeHalted() {
        concluded = true;
        VarHandle.fullFence();
        for (long sequence = toApply.getSequence().get() + 1; sequence < ring.claimed(); sequence++) {
            final Reply reply = ring.slot(sequence).reply();
            if (reply != null) {
                LockSupport.unpark(reply.owner());
            }
        }
        applyStage.forEachDeferred(WAKE_OWNER);
        waiters.wakeAll();
        runWaiters.wakeAll();
        subscribers.wake();
        feed.close();
        if (invokerParked) {
            LockSupport.unpark(invoker);
        }
    }

    /** Stop: what was published is applied, the journal gets a mark. Closing twice is harmless: the second waits for the first. */
    public void close() {
        closing.lock();
        try {
            if (ended) {
                return;
            }
            closed = true;
            VarHandle.fullFence(); // before the looks at the ring; a publisher's fence stands before its look at this
            if (helper != null) {
                helper.close();
            }
            try {
                settle();
                markIfDue(true);
            } catch (final Throwable e) {
                haltWith(e);
                throw e;
            } finally {
                ended = true;
                if (baton.isMine()) {
                    baton.putDown();
                }
                syncStage.close();
                concludeHalted();
                if (hasWork()) {
                    turn();
                }
            }
        } finally {
            closing.unlock();
        }
    }

    /**
     * Apply everything that was published by somebody who still found the kernel open; ends with the baton in hand. Who claims later
     * finds it closed when it looks behind its publish.
     */
    private void settle() {
        final IdleStrategy idle = new BackoffIdleStrategy();
        long seen = -1;
        long seenNs = System.nanoTime();
        takeBaton();
        while (halted == null && !isSettled()) {
            turnHeld(0);
            if (needsSync()) {
                syncAsLeader();
            }
            final long applied = toApply.getSequence().get();
            if (applied != seen) {
                seen = applied;
                seenNs = System.nanoTime();
            } else if (System.nanoTime() - seenNs > CLAIM_PATIENCE_NS) {
                haltWith(
                        new IllegalStateException(
                                "position " + position(applied + 1)
                                        + " was claimed and not published within 10 s; was its thread killed? What came behind it is lost"));
            } else {
                idle.idle();
            }
            takeBaton();
        }
    }

    private boolean isSettled() {
        return toApply.getSequence().get() + 1 == ring.claimed() && !needsSync() && !hasWork();
    }

    private void takeBaton() {
        if (baton.isMine() || baton.tryTake()) {
            return;
        }
        final IdleStrategy idle = new BackoffIdleStrategy();
        while (!baton.isMine() && !baton.tryTake() && !(helper != null && baton.tryTakeFrom(helper.thread()))) {
            idle.idle();
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
