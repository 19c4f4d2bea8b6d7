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
    private static final int IDLE_TURNS_BEFORE_PARK = 200;
    private static final int IDLE_TURNS_BETWEEN_CLOCK_READS = 64;

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
        switch (mode) {
            case CALLER -> help();
            case SHARED, DEDICATED -> turnAlways();
            case INVOKER -> throw new IllegalStateException("an INVOKER kernel has no helper");
        }
        if (driver.isMine()) {
            driver.turnOn();
        }
    }

    private void help() {
        while (!closing) {
            if (driver.isMine()) {
                driver.turnOn();
            } else if (turnRequested) {
                turnRequested = false;
                driver.turn();
            } else if (!driver.pulseIfDue()) {
                parkUntilDeadline();
            }
        }
    }

    private void turnAlways() {
        final IdleStrategy idle = mode == TurnMode.DEDICATED
                ? BusySpinIdleStrategy.INSTANCE
                : new BackoffIdleStrategy(50, 50, 1_000, 50_000);
        int idleTurns = 0;
        while (!closing) {
            final long before = driver.applied();
            driver.turn();
            if (driver.applied() != before) {
                idle.reset();
                idleTurns = 0;
            } else if (++idleTurns % IDLE_TURNS_BETWEEN_CLOCK_READS == 0 && driver.pulseIfDue()) {
                idleTurns = 0;
            } else if (mode == TurnMode.SHARED && idleTurns >= IDLE_TURNS_BEFORE_PARK) {
                if (!driver.pulseIfDue()) {
                    parkUntilDeadline();
                }
                idleTurns = 0;
            } else {
                idle.idle();
            }
        }
    }

    /** Announce, fence, look again, park: whoever publishes or moves the deadline looks behind a fence of its own. */
    private void parkUntilDeadline() {
        final long deadlineNs = driver.nextDeadlineNs();
        wakeAtNs = deadlineNs;
        parked = true;
        VarHandle.fullFence();
        final boolean stand = !closing
                && !turnRequested
                && !driver.isMine()
                && driver.nextDeadlineNs() == deadlineNs
                && !(mode == TurnMode.SHARED && driver.hasWork());
        if (stand) {
            if (deadlineNs == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, Math.max(1, deadlineNs - driver.nowNs()));
            }
        }
        parked = false;
        wakeAtNs = Long.MIN_VALUE;
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
