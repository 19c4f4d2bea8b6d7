package io.signalbox.kernel.ring;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Where threads park, and where a holder finds one to hand the baton to: one that is parked here and nowhere else. */
final class Parking {
    private final Driver driver;
    private final Baton baton;
    private final TurnMode mode;
    private final AtomicReference<Thread> candidate = new AtomicReference<>();
    private Thread invoker;
    private volatile boolean invokerParked;

    Parking(final Driver driver, final Baton baton, final TurnMode mode) {
        this.driver = driver;
        this.baton = baton;
        this.mode = mode;
    }

    /** The calling thread is the one that turns in INVOKER mode. Before anybody else knows the kernel. */
    void beInvoker() {
        invoker = Thread.currentThread();
    }

    boolean isInvoker() {
        return mode == TurnMode.INVOKER && Thread.currentThread() == invoker;
    }

    /** The thread that waits to be handed the baton, taken off; or null. The holder only. */
    Thread takeCandidate() {
        return candidate.get() == null ? null : candidate.getAndSet(null);
    }

    /** See {@link Driver#park}. */
    void park(final long leftNs) {
        if (mode == TurnMode.CALLER) {
            final boolean standing = candidate.get() == null
                    && StackHeadroom.isEnough()
                    && candidate.compareAndSet(null, Thread.currentThread());
            try {
                if (!baton.isMine()) {
                    parkFor(leftNs);
                }
            } finally {
                leave(standing);
            }
        } else if (isInvoker()) {
            parkInvoker(leftNs);
        } else {
            parkFor(leftNs);
        }
    }

    private void parkFor(final long leftNs) {
        if (leftNs == Long.MAX_VALUE) {
            LockSupport.park(driver);
        } else {
            LockSupport.parkNanos(driver, leftNs);
        }
    }

    private void parkInvoker(final long leftNs) {
        invokerParked = true;
        VarHandle.fullFence();
        final long deadlineNs = driver.nextDeadlineNs();
        final long dueNs = deadlineNs == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNs - driver.nowNs();
        if (!driver.hasWorkForHelper() && dueNs > 0) {
            parkFor(Math.min(leftNs, dueNs));
        }
        invokerParked = false;
    }

    /** Wake the invoker if it is parked: somebody has published, or nothing comes any more. Behind a full fence. */
    void wakeInvoker() {
        if (invokerParked) {
            LockSupport.unpark(invoker);
        }
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
        driver.turnOn();
    }
}
