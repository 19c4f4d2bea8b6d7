package io.signalbox.kernel.reader;

import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalReader;
import io.signalbox.kernel.ring.ReplayDriver;
import io.signalbox.kernel.store.SignalTail;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A second machine that replays the journal on the threads of the readers who need it. Its tail gives the same signals the same
 * numbers as the kernel's own tail, so a reader may go from one to the other. The tail is read without the lock.
 */
final class Follower {
    /** A turn raises at most 1,024 signals; what is asked for must still be there behind a quarter of the tail and one turn more. */
    private static final int TAIL_CAPACITY_MIN = 4096;

    private final CoordinationMachine machine;
    private final ReplayDriver driver;
    private final JournalReader reader;
    private final String journalName;
    private final ReentrantLock turning = new ReentrantLock();
    private boolean closed;

    Follower(final Journal journal, final MachineLimits limits) {
        machine = new CoordinationMachine(limits.withTailCapacity(Math.max(limits.tailCapacity(), TAIL_CAPACITY_MIN)));
        journalName = journal.name();
        driver = new ReplayDriver(machine, journalName);
        reader = journal.newReader();
    }

    SignalTail tail() {
        return machine.tail();
    }

    /** Whether the signal of this number is in the tail or still to come. Out of date at once. */
    boolean canReach(final long sequence) {
        return sequence >= tail().endSequence() - tail().capacity();
    }

    /**
     * Replay until the signal of this number is in the tail, and a little further, but not to {@code end}. Nothing happens on a closed
     * follower.
     */
    void advance(final long sequence, final long end) {
        final long target = Math.min(sequence + 1 + tail().capacity() / 4, end);
        turning.lock();
        try {
            while (!closed && tail().endSequence() < target) {
                if (!reader.next(driver)) {
                    throw new JournalException(
                            JournalException.Kind.CORRUPT,
                            machine.appliedPosition(),
                            journalName + ": it ends after position " + machine.appliedPosition()
                                    + ", before the signal of number " + sequence + " that the kernel has told of",
                            null);
                }
            }
        } finally {
            turning.unlock();
        }
    }

    /** Replay up to the command before a position; the number of the first signal from there on. */
    long sequenceAt(final long position) {
        turning.lock();
        try {
            while (!closed && machine.appliedPosition() + 1 < position && reader.next(driver)) {
                // one record at a time; the condition says when it is enough
            }
            return tail().endSequence();
        } finally {
            turning.unlock();
        }
    }

    /** Let go of the journal. What is in the tail stays readable. */
    void close() {
        turning.lock();
        try {
            closed = true;
            reader.close();
        } finally {
            turning.unlock();
        }
    }
}
