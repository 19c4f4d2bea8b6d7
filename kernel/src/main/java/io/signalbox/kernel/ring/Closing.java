package io.signalbox.kernel.ring;

import java.util.concurrent.locks.ReentrantLock;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Ends a kernel: what was published by somebody who still found it open is applied, the journal gets a mark, everybody is woken. */
final class Closing {
    private static final long CLAIM_PATIENCE_NS = 10_000_000_000L;

    private final Driver driver;
    private final Baton baton;
    private final Work work;
    private final Phase phase;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean ended; // under the lock

    Closing(final Driver driver, final Baton baton, final Work work, final Phase phase) {
        this.driver = driver;
        this.baton = baton;
        this.work = work;
        this.phase = phase;
    }

    /**
     * Closing twice is harmless: the second waits for the first.
     *
     * @param helper to be ended, or null.
     */
    void close(final Helper helper) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                end(helper);
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(final Helper helper) {
        phase.close(); // a volatile store, before the looks at the ring; a publisher's fence stands before its look
        // at this
        if (helper != null) {
            helper.close();
        }
        try {
            settle(helper);
            work.markClosing();
        } catch (final Throwable e) {
            phase.halt(e);
            throw e;
        } finally {
            phase.end();
            if (baton.isMine()) {
                baton.putDown();
            }
            work.syncStage().close();
            driver.conclude();
            if (work.isWaiting()) {
                driver.turn();
            }
        }
    }

    /**
     * Apply everything that was published by somebody who still found the kernel open; ends with the baton in hand. Who claims later
     * finds it closed when it looks behind its publish.
     */
    private void settle(final Helper helper) {
        final IdleStrategy idle = new BackoffIdleStrategy();
        long seen = -1;
        long seenNs = System.nanoTime();
        takeBaton(helper);
        while (!phase.isHalted() && !work.isSettled()) {
            driver.turnHeld(0);
            if (work.needsSync()) {
                driver.syncAsLeader();
            }
            final long applied = work.appliedSequence();
            if (applied != seen) {
                seen = applied;
                seenNs = System.nanoTime();
            } else if (System.nanoTime() - seenNs > CLAIM_PATIENCE_NS) {
                phase.halt(
                        new IllegalStateException(
                                "position " + work.position(applied + 1)
                                        + " was claimed and not published within 10 s; was its thread killed? What came behind it is lost"));
            } else {
                idle.idle();
            }
            takeBaton(helper);
        }
    }

    /** Wait for the baton; from a helper that has ended with it in hand it is taken. */
    void takeBaton(final Helper helper) {
        if (baton.isMine() || baton.tryTake()) {
            return;
        }
        final IdleStrategy idle = new BackoffIdleStrategy();
        while (!baton.isMine() && !baton.tryTake() && !(helper != null && baton.tryTakeFrom(helper.thread()))) {
            idle.idle();
        }
    }
}
