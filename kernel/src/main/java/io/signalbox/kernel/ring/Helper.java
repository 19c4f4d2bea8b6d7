package io.signalbox.kernel.ring;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The kernel's one daemon thread. In CALLER mode it is not on the path of any command: parked until the earliest deadline, it
 * publishes pulses and is the baton's last successor. In SHARED and DEDICATED mode it also is the thread that turns.
 */
final class Helper implements Runnable {
    private static final int IDLE_LOOKS_BEFORE_PARK = 200;
    private static final int LOOKS_BETWEEN_CLOCK_READS = 64;

    private final Driver driver;
    private final Thread thread;
    private final TurnMode mode;
    private volatile boolean closing;
    private volatile boolean turnRequested;
    private volatile boolean parked;
    private volatile long wakeAtNs = Long.MIN_VALUE;

    Helper(final Driver driver, final String name, final TurnMode mode) {
        this.driver = driver;
        this.mode = mode;
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void run() {
        try {
            switch (mode) {
                case CALLER -> help();
                case SHARED, DEDICATED -> turnAlways();
                case INVOKER -> throw new IllegalStateException("an INVOKER kernel has no helper");
            }
        } catch (final Throwable e) {
            driver.haltOutside(e);
        }
        if (driver.isMine()) {
            driver.turnOn();
        }
    }

    private void help() {
        while (!closing) {
            driver.pulseIfDue();
            if (driver.isMine()) {
                driver.turnOn();
            } else if (turnRequested) {
                turnRequested = false;
                driver.turn();
            } else {
                parkUntilDeadline();
            }
        }
    }

    private void turnAlways() {
        final IdleStrategy idle = mode == TurnMode.DEDICATED
                ? BusySpinIdleStrategy.INSTANCE
                : new BackoffIdleStrategy(50, 50, 1_000, 50_000);
        int looks = 0;
        int idleLooks = 0;
        while (!closing) {
            if (driver.hasWorkForHelper()) {
                driver.turn();
                idle.reset();
                idleLooks = 0;
            } else if (!driver.isServed() || mode == TurnMode.SHARED && ++idleLooks >= IDLE_LOOKS_BEFORE_PARK) {
                parkUntilDeadline();
                idleLooks = 0;
                looks = LOOKS_BETWEEN_CLOCK_READS - 1;
            } else {
                idle.idle();
            }
            // Also under load: deadlines do not wait for a quiet moment.
            if (++looks == LOOKS_BETWEEN_CLOCK_READS) {
                looks = 0;
                driver.pulseIfDue();
            }
        }
    }

    /**
     * Announce, fence, look again, park: whoever publishes or moves the deadline looks behind a fence of its own. While a pulse is on
     * its way it is the pulse's turn that says when the next deadline is.
     */
    private void parkUntilDeadline() {
        final long deadlineNs = wakingDeadlineNs();
        wakeAtNs = deadlineNs;
        parked = true;
        VarHandle.fullFence();
        final boolean stand = !closing
                && !turnRequested
                && !driver.isMine()
                && wakingDeadlineNs() == deadlineNs
                && !(mode != TurnMode.CALLER && driver.hasWorkForHelper());
        if (stand) {
            if (deadlineNs == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                final long leftNs = deadlineNs - driver.nowNs();
                if (leftNs > 0) {
                    LockSupport.parkNanos(this, leftNs);
                }
            }
        }
        parked = false;
        wakeAtNs = Long.MIN_VALUE;
    }

    private long wakingDeadlineNs() {
        return driver.isPulseInFlight() || !driver.isServed() ? Long.MAX_VALUE : driver.nextDeadlineNs();
    }

    /** Somebody has published, behind a full fence, and does not turn itself. */
    void onPublished() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** The earliest deadline is this one now. */
    void onDeadline(final long deadlineNs) {
        if (deadlineNs < wakeAtNs) {
            LockSupport.unpark(thread);
        }
    }

    /** Turn once, on somebody's behalf. */
    void requestTurn() {
        turnRequested = true;
        LockSupport.unpark(thread);
    }

    /** End the thread and wait for its end. */
    void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
