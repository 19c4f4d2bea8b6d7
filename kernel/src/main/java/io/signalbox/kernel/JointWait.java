package io.signalbox.kernel;

import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.wait.Waiters;

/**
 * Waiting for several declared waits at once, on the reader's side: look, register at each that is pending, look again, stand. It ends
 * with the first that cannot resolve any more, whichever that is.
 */
final class JointWait {
    private final Driver driver;
    private final OutcomeCells cells;
    private final long[] handles;

    JointWait(final Driver driver, final OutcomeCells cells, final long[] handles) {
        this.driver = driver;
        this.cells = cells;
        this.handles = handles;
    }

    /** Whether all have resolved; false when one has ended otherwise, the patience is over, or the kernel no longer serves. */
    boolean await(final long patienceNs) {
        final int first = look();
        if (first != OutcomeCells.PENDING || patienceNs <= 0) {
            return first == Ingress.RESOLVED;
        }
        final long startNs = System.nanoTime();
        final Thread me = Thread.currentThread();
        try {
            while (true) {
                driver.turnIfInvoker();
                register(me);
                final int outcome = look();
                final long leftNs =
                        patienceNs == Long.MAX_VALUE ? Long.MAX_VALUE : patienceNs - (System.nanoTime() - startNs);
                final boolean isOver = leftNs <= 0 || me.isInterrupted() || !driver.isServed();
                if (outcome != OutcomeCells.PENDING || isOver) {
                    return outcome == Ingress.RESOLVED;
                }
                driver.park(leftNs);
            }
        } finally {
            leave(me);
        }
    }

    /** Resolved when all are, pending when none has ended otherwise, else how the first of those has. */
    private int look() {
        int all = Ingress.RESOLVED;
        for (final long handle : handles) {
            final int outcome = outcome(handle);
            if (outcome == OutcomeCells.PENDING) {
                all = OutcomeCells.PENDING;
            } else if (outcome != Ingress.RESOLVED) {
                return outcome;
            }
        }
        return all;
    }

    private int outcome(final long handle) {
        return cells.outcome((int) handle, (int) (handle >>> 32));
    }

    private void register(final Thread me) {
        for (final long handle : handles) {
            if (outcome(handle) == OutcomeCells.PENDING) {
                driver.waiters().register((int) handle, me);
            }
        }
    }

    /** A waker may have come to a cell while the others that stand there were off the list: they look again. */
    private void leave(final Thread me) {
        final Waiters waiters = driver.waiters();
        for (final long handle : handles) {
            if (waiters.isStanding((int) handle, me)) {
                waiters.leave((int) handle, me);
                waiters.wake((int) handle);
            }
        }
    }
}
