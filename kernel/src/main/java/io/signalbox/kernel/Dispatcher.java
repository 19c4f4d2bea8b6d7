package io.signalbox.kernel;

import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.store.SignalTail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The one daemon thread that tells listeners and flows that there is something to read. It stands with the other readers, is woken
 * by the turn, and hands a task to each reader's executor: a turn never meets a user's executor. Started with the first
 * listener; ends with the kernel.
 */
final class Dispatcher implements Runnable {
    private final Driver driver;
    private final SignalTail tail;
    private final String name;
    private final List<Drain> drains = new CopyOnWriteArrayList<>();
    private Thread thread; // guarded by this

    Dispatcher(final Driver driver, final SignalTail tail, final String name) {
        this.driver = driver;
        this.tail = tail;
        this.name = name;
    }

    /** From now on it is told. */
    void add(final Drain drain) {
        drains.add(drain);
        start();
        drain.schedule();
    }

    private synchronized void start() {
        if (thread == null) {
            thread = new Thread(this, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Nothing between standing and parking may park by itself, as an executor does that waits for its lock: it would take the wake-up that
     * was meant for here. So the executors come first, and what was raised meanwhile is looked for.
     */
    @Override
    public void run() {
        final Thread me = Thread.currentThread();
        boolean served = true;
        while (served) {
            final long seen = tail.endSequence();
            served = driver.isServed();
            drains.removeIf(Drain::isDone);
            drains.forEach(Drain::schedule);
            driver.subscribers().register(me);
            if (served && driver.isServed() && tail.endSequence() == seen) {
                LockSupport.park(this);
            }
            driver.subscribers().leave(me);
        }
    }

    /**
     * The kernel is no longer served: everybody has been told so when this returns true.
     *
     * @param patience how long an executor may take to take what it is handed.
     * @return false when one did not in that time; the dispatcher then ends as soon as it does.
     */
    boolean close(final Duration patience) {
        final Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running == null || running == Thread.currentThread()) {
            return true;
        }
        final long deadlineNs = System.nanoTime() + Durations.nanos(patience);
        boolean interrupted = false;
        long leftNs = Durations.nanos(patience);
        while (running.isAlive() && leftNs > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(running, leftNs);
            } catch (final InterruptedException e) {
                interrupted = true;
            }
            leftNs = deadlineNs - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !running.isAlive();
    }
}
