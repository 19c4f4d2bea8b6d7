package io.signalbox.kernel.ring;

import io.signalbox.kernel.workflow.RunReader;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What workers have to be told, on its way out of the turn. Producer: the holder of the baton. Consumers: any thread, without a
 * lock. An entry is published by the queue's volatile store, so who takes it sees the turn that made it.
 */
public final class TaskFeed {
    /**
     * One thing to tell.
     *
     * @param what 0 an attempt is offered, 1 an attempt in flight is no longer wanted, 2 the run has ended.
     * @param run handle of the run.
     * @param step index of the step.
     * @param attempt number of the attempt.
     * @param reader what may be read of the run; null when its place has a new owner by now.
     */
    public record Entry(int what, long run, int step, int attempt, RunReader reader) {}

    private final ConcurrentLinkedQueue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Entry> aside = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Thread> idle = new ConcurrentLinkedQueue<>();
    private final Driver driver;
    private volatile Runnable onOffered = TaskFeed::tellNobody;
    private volatile boolean closed;

    TaskFeed(final Driver driver) {
        this.driver = driver;
    }

    private static void tellNobody() {
        // until somebody wants to be told
    }

    /** Turn only. */
    void offer(final Entry entry) {
        queue.offer(entry);
    }

    /** After the baton is down: wake up to {@code entries} idle consumers. */
    void wake(final int entries) {
        onOffered.run();
        wakeIdle(entries);
    }

    private void wakeIdle(final int entries) {
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
        onOffered.run();
        wakeIdle(Integer.MAX_VALUE);
    }

    /** Who is told after each turn that has offered something, on the thread that turned, and at the close. It neither throws nor waits. */
    public void onOffered(final Runnable listener) {
        onOffered = listener;
    }

    /** Whether nothing lies here for who polls. Any thread. */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** The next entry that nobody has looked at, or null at once. Any thread. */
    public Entry poll() {
        return queue.poll();
    }

    /** Somebody has looked at this entry and it is not for them; it is for who {@link #take takes}. Any thread. */
    public void setAside(final Entry entry) {
        aside.add(entry);
        VarHandle.fullFence();
        wakeIdle(1);
    }

    /** The next entry that was set aside, or null at once. Any thread. */
    public Entry pollAside() {
        return aside.poll();
    }

    private Entry pollAny() {
        final Entry entry = aside.poll();
        return entry != null ? entry : queue.poll();
    }

    /** The next entry; null when the time is up, the calling thread is interrupted (the flag stays), or the kernel closes. */
    public Entry take(final long timeout, final TimeUnit unit) {
        final long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        final Thread me = Thread.currentThread();
        while (true) {
            driver.turnIfInvoker();
            Entry entry = pollAny();
            if (entry != null || closed) {
                return entry;
            }
            idle.add(me);
            VarHandle.fullFence();
            try {
                entry = pollAny();
                final long leftNs = deadlineNs - System.nanoTime();
                if (entry != null || closed || leftNs <= 0 || me.isInterrupted()) {
                    return entry;
                }
                driver.park(leftNs);
            } finally {
                leave(me);
            }
        }
    }

    /** Whoever takes an idle thread off the list owes it the wake-up; passed on when this thread no longer needs it. */
    private void leave(final Thread me) {
        if (!idle.remove(me) && !(queue.isEmpty() && aside.isEmpty())) {
            wakeIdle(1);
        }
    }
}
