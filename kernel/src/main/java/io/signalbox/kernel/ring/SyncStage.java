package io.signalbox.kernel.ring;

import com.lmax.disruptor.Sequence;
import io.signalbox.kernel.port.Journal;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes what is journaled survive the power cord. One leader at a time, under a lock of its own and never under the baton: appends go
 * on beside it, and what they journal meanwhile is the next leader's batch.
 */
final class SyncStage {
    private static final long NOTHING_SYNCED = -2;

    private final Journal journal;
    private final Sequence journaled;
    private final boolean isAwaited;
    // Below the initial value of "journaled": what was replayed at open is synced before the first command is.
    private final Sequence durable = new Sequence(NOTHING_SYNCED);
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed; // under the lock

    /** @param isAwaited whether commands are applied only when they are synced. */
    SyncStage(final Journal journal, final Sequence journaled, final boolean isAwaited) {
        this.journal = journal;
        this.journaled = journaled;
        this.isAwaited = isAwaited;
    }

    /** Last synced sequence. */
    Sequence durable() {
        return durable;
    }

    /** Whether applying waits for a sync. */
    boolean isNeeded() {
        return isAwaited && durable.get() < journaled.get();
    }

    /** Whether applying waits for a sync that nobody does now. */
    boolean isLeaderWanted() {
        return isNeeded() && !lock.isLocked();
    }

    /** Sync as the leader. False when another thread leads: it looks again when it has unlocked. Ends with a full fence. */
    boolean tryLead() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            sync();
        } finally {
            lock.unlock();
            VarHandle.fullFence();
        }
        return true;
    }

    /** Wait for the leader, then sync unless it has covered this sequence. Ends with a full fence. */
    void lead(final long sequence) {
        lock.lock();
        try {
            if (durable.get() < sequence) {
                sync();
            }
        } finally {
            lock.unlock();
            VarHandle.fullFence();
        }
    }

    /** No more syncs: waits for the one that runs. The journal may be closed then. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void sync() {
        if (closed) {
            return;
        }
        final long target = journaled.get();
        journal.sync();
        durable.set(target);
    }
}
