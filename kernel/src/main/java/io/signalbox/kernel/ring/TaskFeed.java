package io.signalbox.kernel.ring;

import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jctools.queues.varhandle.SpscUnboundedVarHandleArrayQueue;

/**
 * What workers have to be told, on its way out of the turn. Producer: the holder of the baton. Consumers: any thread; they take
 * turns under a lock of theirs, which the turn never touches.
 */
public final class TaskFeed {
    /**
     * One thing to tell.
     *
     * @param what 0 an attempt is offered, 1 an attempt in flight is no longer wanted, 2 the run has ended.
     * @param run handle of the run.
     * @param step index of the step.
     * @param attempt number of the attempt.
     */
    public record Entry(int what, long run, int step, int attempt) {}

    private final SpscUnboundedVarHandleArrayQueue<Entry> queue = new SpscUnboundedVarHandleArrayQueue<>(1024);
    private final ReentrantLock consumers = new ReentrantLock();
    private final ConcurrentLinkedQueue<Thread> idle = new ConcurrentLinkedQueue<>();
    private final Driver driver;
    private volatile boolean closed;

    TaskFeed(final Driver driver) {
        this.driver = driver;
    }

    /** Turn only. */
    void offer(final Entry entry) {
        queue.offer(entry);
    }

    /** After the baton is down: wake up to {@code entries} idle consumers. */
    void wake(final int entries) {
        for (int i = 0; i < entries; i++) {
            final Thread thread = idle.poll();
            if (thread == null) {
                return;
            }
            LockSupport.unpark(thread);
        }
    }

    /** Nobody is told anything any more; whoever waits returns with null. */
    void close() {
        closed = true;
        wake(Integer.MAX_VALUE);
    }

    /** The next entry, or null at once. Any thread. */
    public Entry poll() {
        consumers.lock();
        try {
            return queue.poll();
        } finally {
            consumers.unlock();
        }
    }

    /** The next entry; null when the time is up, the calling thread is interrupted (the flag stays), or the kernel closes. */
    public Entry take(final long timeout, final TimeUnit unit) {
        final long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        final Thread me = Thread.currentThread();
        while (true) {
            driver.turnIfInvoker();
            Entry entry = poll();
            if (entry != null || closed) {
                return entry;
            }
            idle.add(me);
            VarHandle.fullFence();
            try {
                entry = poll();
                final long leftNs = deadlineNs - System.nanoTime();
                if (entry != null || closed || leftNs <= 0 || me.isInterrupted()) {
                    return entry;
                }
                // The look may have waited for the lock and used up the wake-up of whoever took this thread off the
                // list.
                if (idle.contains(me)) {
                    driver.park(leftNs);
                }
            } finally {
                leave(me);
            }
        }
    }

    /** Whoever takes an idle thread off the list owes it the wake-up; passed on when this thread no longer needs it. */
    private void leave(final Thread me) {
        if (!idle.remove(me) && !queue.isEmpty()) {
            wake(1);
        }
    }
}
