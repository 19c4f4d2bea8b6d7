package io.signalbox.kernel.ring;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.Sequence;
import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.event.Room;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.metrics.KernelMeter;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.wait.Reply;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.agrona.collections.LongObjConsumer;

/** What lies before the holder of the baton, and how it is done: stamp and journal, apply, answer questions, mark. */
final class Work {
    private static final int MARK_COMMANDS = 4096;
    private static final LongObjConsumer<Reply> WAKE_OWNER = (position, reply) -> LockSupport.unpark(reply.owner());

    private final CoordinationMachine machine;
    private final Journal journal;
    private final Phase phase;
    private final CommandRing ring;
    private final EventPoller<CommandSlot> toJournal;
    private final EventPoller<CommandSlot> toApply;
    private final Sequence journaled = new Sequence();
    private final Sequence applicable;
    private final long firstPosition;
    private final JournalStage journalStage;
    private final SyncStage syncStage;
    private final ApplyStage applyStage;
    private final ConcurrentLinkedQueue<Query<?>> queries = new ConcurrentLinkedQueue<>();
    private final long[] digests;
    private long markedApplied;
    private volatile long nextDeadlineNs;
    private volatile boolean continueWanted;

    Work(
            final CoordinationMachine machine,
            final Journal journal,
            final boolean appliesSynced,
            final int ringCapacity,
            final KernelTime time,
            final TaskFeed feed,
            final Phase phase,
            final KernelMeter meter) {
        this.machine = machine;
        this.journal = journal;
        this.phase = phase;
        firstPosition = machine.appliedPosition() + 1;
        digests = new long[Room.COUNT];
        syncStage = new SyncStage(journal, journaled, appliesSynced);
        applicable = appliesSynced ? syncStage.durable() : journaled;
        ring = new CommandRing(ringCapacity);
        toJournal = ring.newPoller();
        toApply = ring.newPoller(applicable);
        ring.addGatingSequence(toApply.getSequence());
        journalStage = new JournalStage(
                journal, time, firstPosition, machine.appliedTimestampNs(), journaled, Driver.TURN_COMMANDS_MAX);
        applyStage = new ApplyStage(machine, feed, Driver.TURN_COMMANDS_MAX, meter);
        nextDeadlineNs = machine.nextDeadlineNs();
        continueWanted = machine.hasBacklog();
    }

    CommandRing ring() {
        return ring;
    }

    SyncStage syncStage() {
        return syncStage;
    }

    ApplyStage applyStage() {
        return applyStage;
    }

    /** Position of the command that took this sequence. */
    long position(final long sequence) {
        return firstPosition + sequence;
    }

    /** Sequence of the command at this position; -1 for those of an earlier launch. */
    long sequence(final long position) {
        return Math.max(-1, position - firstPosition);
    }

    /** Last sequence that was journaled. */
    long journaledSequence() {
        return journaled.get();
    }

    /** Last sequence that was applied. */
    long appliedSequence() {
        return toApply.getSequence().get();
    }

    /** Whether commands are applied as soon as they are journaled. */
    boolean appliesUnsynced() {
        return applicable == journaled;
    }

    /** When the next deadline is due, as of the last turn. */
    long nextDeadlineNs() {
        return nextDeadlineNs;
    }

    // ------------------------------------------------------------------ looking

    private boolean isPollable() {
        return ring.isPublished(toJournal.getSequence().get() + 1)
                || applicable.get() > toApply.getSequence().get();
    }

    /** Anything to do for a holder, as far as the calling thread can see. Behind the fence of putting the baton down. */
    boolean isWaiting() {
        if (!phase.isServed()) {
            return !queries.isEmpty();
        }
        return isPollable() || continueWanted || !queries.isEmpty();
    }

    boolean needsSync() {
        return syncStage.isNeeded() && phase.isServed();
    }

    /** Whether everything that was claimed has been applied, and nothing is left to do. */
    boolean isSettled() {
        return appliedSequence() + 1 == ring.claimed() && !needsSync() && !isWaiting();
    }

    /** Ask something between two turns. Any thread; then a full fence, and a look at the baton. */
    void add(final Query<?> query) {
        queries.add(query);
    }

    // ------------------------------------------------------------------ doing: the holder of the baton only

    /** Stamp, journal, apply; whether it stopped with work left. */
    boolean drain(final WakeList wakes) throws Exception {
        while (true) {
            serveQueries(wakes);
            if (!phase.isServed()) {
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
        applyStage.end();
        markIfDue(MARK_COMMANDS);
        final long deadlineNs = machine.nextDeadlineNs();
        if (deadlineNs != nextDeadlineNs) {
            nextDeadlineNs = deadlineNs;
        }
        applyStage.landPulse();
        if (continueWanted != applyStage.wantsContinue()) {
            continueWanted = applyStage.wantsContinue();
        }
        return applyStage.isSpent() && isWaiting();
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

    /** What was replayed at open, marked with the digests of this kernel. */
    void markOpening() {
        if (journal != null && firstPosition > 0) {
            mark(firstPosition - 1);
        }
    }

    /** Whatever was applied since the last mark, marked. */
    void markClosing() {
        markIfDue(1);
    }

    private void markIfDue(final int commands) {
        final long applied = appliedSequence();
        if (journal == null || phase.isHalted() || journaled.get() != applied || applied < 0) {
            return;
        }
        if (applied + 1 - markedApplied >= commands) {
            mark(position(applied));
            markedApplied = applied + 1;
        }
    }

    private void mark(final long position) {
        machine.digest().copyTo(digests);
        journal.appendMark(position, digests, digests.length);
        journal.commit();
    }

    // ------------------------------------------------------------------ when no turn comes any more

    /** Unpark whoever waits for the answer to a command that nobody will apply. Allocates nothing. */
    void wakeUnanswered() {
        for (long sequence = appliedSequence() + 1; sequence < ring.claimed(); sequence++) {
            final Reply reply = ring.slot(sequence).reply();
            if (reply != null) {
                LockSupport.unpark(reply.owner());
            }
        }
        applyStage.forEachDeferred(WAKE_OWNER);
    }
}
