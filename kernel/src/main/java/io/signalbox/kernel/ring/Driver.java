package io.signalbox.kernel.ring;

import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.metrics.KernelMeter;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.wait.Reply;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.wait.Subscribers;
import io.signalbox.kernel.wait.Waiters;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Turns the machine. Whoever holds the {@link Baton} is the one writer: it stamps and journals what is published, applies what the
 * journal has, notes whom to wake, puts the baton down, looks at the next slot again, and wakes.
 *
 * <p>A holder stops after {@value #TURN_COMMANDS_MAX} commands and hands the baton to a thread that already waits, else to the
 * helper. A turn runs no user code. Syncing the journal happens under a lock of its own, beside appends.
 *
 * <p>What the holder does is in {@link Work}, who keeps the baton while it spins in {@link Keeper}, who parks in {@link Parking}, the end
 * in {@link Closing}.
 */
public final class Driver {
    /** Commands that one holder applies before it hands the baton on. */
    public static final int TURN_COMMANDS_MAX = 256;

    private static final int SYNC_ROUNDS_MAX = 8;
    private static final int HANDED_ON = -1;

    private final TurnMode mode;
    private final KernelTime time;
    private final KernelMeter meter;
    private final Spinning spinning;
    private final Phase phase = new Phase();
    private final Baton baton = new Baton();
    private final Work work;
    private final CommandRing ring;
    private final WakeLists wakeLists = new WakeLists();
    private final Keeper keeper;
    private final Parking parking;
    private final Closing closing;
    private final Waiters waiters;
    private final Waiters stateWaiters;
    private final Waiters runWaiters;
    private final Subscribers subscribers = new Subscribers();
    private final TaskFeed feed = new TaskFeed(this);
    private final LongAdder backPressured = new LongAdder();
    private Helper helper;
    private volatile boolean concluded;

    public Driver(
            final CoordinationMachine machine,
            final Journal journal,
            final TurnMode mode,
            final boolean appliesSynced,
            final int ringCapacity,
            final int waitersMax,
            final int runsMax,
            final Spinning spinning,
            final KernelTime time,
            final KernelMeter meter) {
        this.mode = mode;
        this.time = time;
        this.meter = meter;
        this.spinning = spinning;
        waiters = new Waiters(waitersMax);
        stateWaiters = new Waiters(machine.states().slotsMax());
        runWaiters = new Waiters(runsMax);
        work = new Work(machine, journal, appliesSynced, ringCapacity, time, feed, phase, meter);
        ring = work.ring();
        keeper = new Keeper(this, baton, work, phase, wakeLists, mode);
        parking = new Parking(this, baton, mode);
        closing = new Closing(this, baton, work, phase);
    }

    /** Start the threads of this mode. */
    public void start(final String name) {
        work.markOpening();
        if (mode == TurnMode.INVOKER) {
            parking.beInvoker();
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
        return work.position(sequence);
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
                if (parking.isInvoker()) {
                    turn();
                } else {
                    parking.wakeInvoker();
                }
            }
        }
    }

    /**
     * As {@link #onPublished}, for a worker that has reported the end of a step: where callers turn the machine it stays with the baton while reports of other
     * workers follow at once.
     */
    public void onReported() {
        if (keeper.isPossible()) {
            VarHandle.fullFence();
            keeper.linger();
        } else {
            onPublished();
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
            if (work.needsSync()) {
                if (mode == TurnMode.CALLER && syncRounds++ == SYNC_ROUNDS_MAX) {
                    helper.requestTurn();
                    return;
                }
                if (!syncAsLeader()) {
                    return;
                }
            } else if (!work.isWaiting()) {
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
        return this.keeper.keepTurning(keeper, isKeeping, spins);
    }

    /** Whether a waiter keeps the baton while it spins. Any thread; out of date at once. */
    public boolean isKept() {
        return keeper.isKept();
    }

    /** Put down the baton that {@link #keepTurning} kept, and look at the next slot again. */
    public void stopKeeping() {
        keeper.stop();
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
    int turnHeld(final int appliedBefore) {
        WakeList wakes = null;
        Thread successor = null;
        int applied = appliedBefore;
        try {
            wakes = wakeLists.take();
            work.applyStage().begin(wakes, appliedBefore < TURN_COMMANDS_MAX ? appliedBefore : 0);
            final boolean isWorkLeft = work.drain(wakes);
            applied = work.applyStage().batch();
            successor = isWorkLeft ? successor() : null;
        } catch (final Throwable e) {
            phase.halt(e);
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
    void tell(final WakeList wakes) {
        try {
            if (wakes != null) {
                wakes.wake(waiters, stateWaiters, runWaiters, feed, subscribers);
                wakeLists.giveBack(wakes);
            }
        } catch (final Throwable e) {
            phase.halt(e);
        }
        if (phase.isHalted() && !concluded) {
            conclude();
        }
        tellDeadline();
    }

    /** The helper sleeps no longer than until the next deadline. */
    void tellDeadline() {
        if (helper != null) {
            helper.onDeadline(work.nextDeadlineNs());
        }
    }

    /** Whether nobody on the list stands; then it is empty again. Behind a full fence after the outcomes were released. */
    boolean dropIfNobodyStands(final WakeList wakes) {
        return wakes.dropIfNobodyStands(waiters, stateWaiters, feed, subscribers);
    }

    private Thread successor() {
        if (mode != TurnMode.CALLER || phase.isClosed()) {
            return null;
        }
        final Thread waiting = parking.takeCandidate();
        return waiting == null ? helper.thread() : waiting;
    }

    /** Whether the helper, which is about to park, would leave something undone. */
    boolean hasWorkForHelper() {
        return work.isWaiting() || phase.isServed() && work.syncStage().isLeaderWanted();
    }

    // ------------------------------------------------------------------ syncing

    /** Sync as the leader of whoever has journaled; false when another thread leads and will look again. */
    boolean syncAsLeader() {
        try {
            return work.syncStage().tryLead();
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
        final long sequence = work.sequence(position);
        if (sequence >= ring.claimed()) {
            throw new IllegalArgumentException(
                    "position " + position + " has no command yet; the last one is " + position(ring.claimed() - 1));
        }
        requireStackHeadroom();
        final IdleStrategy idle = new BackoffIdleStrategy();
        while (work.syncStage().durable().get() < sequence && isServed()) {
            if (work.journaledSequence() < sequence) {
                onPublished();
                idle.idle();
            } else {
                try {
                    work.syncStage().lead(sequence);
                } catch (final Throwable e) {
                    haltOutside(e);
                }
                onPublished(); // what waited for this sync, and whoever found the lock taken
            }
        }
        return work.syncStage().durable().get() >= sequence;
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
        parking.park(leftNs);
    }

    /** Whether the calling thread is the one that turns in INVOKER mode. It must not spin for what only it can bring about. */
    public boolean isInvoker() {
        return parking.isInvoker();
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
        work.add(query);
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

    // ------------------------------------------------------------------ time

    /** Kernel time now, in nanoseconds. */
    public long nowNs() {
        return time.nowNs();
    }

    /** When the next deadline is due, as of the last turn. */
    long nextDeadlineNs() {
        return work.nextDeadlineNs();
    }

    /** Whether a {@code Pulse} is on its way. */
    boolean isPulseInFlight() {
        return work.applyStage().isPulseInFlight();
    }

    /** Publish a {@code Pulse} if something is due and none is on its way. Whether it did. Any thread. */
    public boolean pulseIfDue() {
        if (work.nextDeadlineNs() > time.nowNs()
                || !isOpen()
                || !StackHeadroom.isEnough()
                || !work.applyStage().tryBeginPulse()) {
            return false;
        }
        // The last pulse may have landed between the two looks.
        final long sequence = work.nextDeadlineNs() > time.nowNs() ? CommandRing.FULL : ring.claim();
        if (sequence < 0) {
            work.applyStage().endPulse();
            onPublished();
            return false;
        }
        Commands.encodePulse(ring.prepare(sequence, Commands.PLAIN_LENGTH, null, null));
        ring.publish(sequence);
        onPublished();
        return true;
    }

    // ------------------------------------------------------------------ ending

    /** Halt from outside a turn: nobody is told before the present holder has put the baton down. */
    void haltOutside(final Throwable cause) {
        phase.halt(cause);
        closing.takeBaton(helper);
        baton.putDown();
        conclude();
        if (work.isWaiting()) {
            turn();
        }
    }

    /** Wake everybody; they look and find that the kernel is no longer served. The baton is down and no turn changes anything. */
    void conclude() {
        concluded = true;
        VarHandle.fullFence();
        work.wakeUnanswered();
        waiters.wakeAll();
        stateWaiters.wakeAll();
        runWaiters.wakeAll();
        subscribers.wake();
        feed.close();
        parking.wakeInvoker();
    }

    /** Stop: what was published is applied, the journal gets a mark. Closing twice is harmless: the second waits for the first. */
    public void close() {
        closing.close(helper);
    }

    /** Whether commands are taken. */
    public boolean isOpen() {
        return phase.isOpen();
    }

    /** Whether what was published still gets its turn. */
    public boolean isServed() {
        return phase.isServed();
    }

    /** Why the kernel halted, or null. */
    public Throwable haltCause() {
        return phase.haltCause();
    }

    public Waiters waiters() {
        return waiters;
    }

    /** Who waits for a change of the state of a scope, by its slot. */
    public Waiters stateWaiters() {
        return stateWaiters;
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

    /** What is told of the work while it is done. */
    public KernelMeter meter() {
        return meter;
    }

    /** Commands applied since launch. */
    public long applied() {
        return work.applyStage().applied();
    }
}
