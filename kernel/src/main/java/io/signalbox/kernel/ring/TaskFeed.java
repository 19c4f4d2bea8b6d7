package io.signalbox.kernel.ring;

import io.signalbox.kernel.workflow.Handouts;
import io.signalbox.kernel.workflow.RunReader;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What workers have to be told, on its way out of the turn. Producer: the holder of the baton. Consumers: any thread, without a
 * lock. An entry is published by the queue's volatile store, so who takes it sees the turn that made it.
 *
 * <p>The queue is the JDK's: it must not be full, since the turn cannot wait and a run may offer a hundred thousand steps at once, and JCTools has no unbounded queue for many consumers that
 * needs no {@code Unsafe}.
 */
public final class TaskFeed {
    /**
     * One thing to tell.
     *
     * @param what 0 an attempt is offered, 1 an attempt in flight is no longer wanted, 2 the run has ended.
     * @param run handle of the run.
     * @param step index of the step.
     * @param attempt number of the attempt.
     * @param reader of an offer: what may be read of the run; null when its place has a new owner by now, and for everything else.
     */
    public record Entry(int what, long run, int step, int attempt, RunReader reader) {
        /** Whether it is an offer that nobody needs to take any more; certain when it says so. */
        public boolean isOver() {
            return what == Handouts.OFFER && (reader == null || !reader.isWanted(step, attempt));
        }
    }

    /** Stops and ends of runs that are kept for who has not looked yet, in each of the three places where they may lie. */
    public static final int NOTICES_KEPT = 8192;

    private static final int SWEEP_MIN = 8192;

    private final ConcurrentLinkedQueue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Entry> stops =
            new ConcurrentLinkedQueue<>(); // not behind what nobody has a place for
    private final Deque<Entry> aside = new ArrayDeque<>(); // guarded by itself
    private final ConcurrentLinkedQueue<Thread> idle = new ConcurrentLinkedQueue<>();
    private final Driver driver;
    private volatile Listener listener = new Nobody();
    private volatile boolean hasAside;
    private volatile boolean closed;
    private final AtomicLong offered = new AtomicLong(); // written by the turn alone
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile long sweepAt = SWEEP_MIN; // how many have been offered then
    private int untilSweepAside = SWEEP_MIN; // guarded by aside

    TaskFeed(final Driver driver) {
        this.driver = driver;
    }

    /** Who is told after a turn that has offered something. Called by the thread that turned, behind a full fence; neither throws nor waits. */
    public interface Listener {
        /** Whether {@link #onOffered} would do anything now. */
        boolean isWaiting();

        /** Something was offered, or the kernel closes. The baton is down. */
        void onOffered();
    }

    private static final class Nobody implements Listener {
        @Override
        public boolean isWaiting() {
            return false;
        }

        @Override
        public void onOffered() {
            // until somebody wants to be told
        }
    }

    /** Turn only. */
    void offer(final Entry entry) {
        (entry.what() == Handouts.STOP ? stops : queue).offer(entry);
        offered.lazySet(offered.getPlain() + 1);
    }

    private boolean isSweepDue() {
        return offered.get() >= sweepAt;
    }

    /** In proportion to what has been offered since the last time; never under the baton. */
    private void sweepIfDue() {
        if (isSweepDue() && sweeping.compareAndSet(false, true)) {
            try {
                final long seen = offered.get();
                sweepAt = seen + Math.max(SWEEP_MIN, sweep(queue) + sweep(stops));
            } finally {
                sweeping.set(false);
            }
        }
    }

    /**
     * What nobody looks at does not pile up: offers that are over go, and of other notices the oldest but so many.
     *
     * @return how many are left.
     */
    private static int sweep(final Collection<Entry> entries) {
        int notices = 0;
        for (final Entry entry : entries) {
            notices += entry.what() == Handouts.OFFER ? 0 : 1;
        }
        final Surplus surplus = new Surplus(notices - NOTICES_KEPT);
        entries.removeIf(surplus);
        return surplus.left;
    }

    /** What nobody will miss. */
    private static final class Surplus implements Predicate<Entry> {
        private int notices;
        private int left;

        Surplus(final int notices) {
            this.notices = notices;
        }

        @Override
        public boolean test(final Entry entry) {
            final boolean goes = entry.what() == Handouts.OFFER ? entry.isOver() : notices-- > 0;
            left += goes ? 0 : 1;
            return goes;
        }
    }

    /** After the baton is down: wake up to {@code entries} idle consumers. */
    void wake(final int entries) {
        listener.onOffered();
        wakeIdle(entries);
        sweepIfDue();
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
        listener.onOffered();
        wakeIdle(Integer.MAX_VALUE);
    }

    /** Whether somebody waits for what was offered, or has to tidy up. Behind a full fence after the offer. */
    boolean hasToBeTold() {
        return !idle.isEmpty() || listener.isWaiting() || isSweepDue();
    }

    /** Who is told after each turn that has offered something, and at the close. */
    public void tell(final Listener listener) {
        this.listener = listener;
    }

    /** Whether nothing lies here for who polls. Any thread. */
    public boolean isEmpty() {
        return queue.isEmpty() && stops.isEmpty();
    }

    /** The next entry that nobody has looked at, or null at once; stops come first, also before the offer that they are about. Any thread. */
    public Entry poll() {
        final Entry stop = pollStop();
        return stop != null ? stop : queue.poll();
    }

    /** Whether an attempt has to be stopped and nobody has looked at it. Any thread. */
    public boolean hasStop() {
        return !stops.isEmpty();
    }

    /** The next stop that nobody has looked at, or null at once. Any thread. */
    public Entry pollStop() {
        return stops.isEmpty() ? null : stops.poll();
    }

    /** Somebody has looked at this entry and it is not for them; it is for who {@link #take takes}. Any thread. */
    public void setAside(final Entry entry) {
        synchronized (aside) {
            aside.add(entry);
            if (--untilSweepAside == 0) {
                untilSweepAside = Math.max(SWEEP_MIN, sweep(aside));
            }
            hasAside = !aside.isEmpty();
        }
        VarHandle.fullFence();
        wakeIdle(1);
    }

    /** There is something for one of those who look otherwise: all look again. */
    public void nudge() {
        VarHandle.fullFence();
        wakeIdle(Integer.MAX_VALUE);
    }

    /** The next entry that was set aside, or null at once. Any thread. */
    public Entry pollAside() {
        return hasAside ? pollAside(entry -> true) : null;
    }

    /** The next entry of some that was set aside, or null at once. Any thread; the choice is made under a lock. */
    public Entry pollAside(final Predicate<Entry> wanted) {
        synchronized (aside) {
            for (final Iterator<Entry> entries = aside.iterator(); entries.hasNext(); ) {
                final Entry entry = entries.next();
                if (wanted.test(entry)) {
                    entries.remove();
                    hasAside = !aside.isEmpty();
                    return entry;
                }
            }
            return null;
        }
    }

    private Entry pollAny() {
        final Entry entry = pollAside();
        return entry != null ? entry : poll();
    }

    /** The next entry; null when the time is up, the calling thread is interrupted (the flag stays), or the kernel closes. */
    public Entry take(final long timeout, final TimeUnit unit) {
        return take(this::pollAny, timeout, unit);
    }

    /** The same, for who looks otherwise: {@code look} answers what there is for them, or null at once. */
    public Entry take(final Supplier<Entry> look, final long timeout, final TimeUnit unit) {
        final long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        final Thread me = Thread.currentThread();
        while (true) {
            driver.turnIfInvoker();
            Entry entry = look.get();
            if (entry != null || closed) {
                return entry;
            }
            idle.add(me);
            VarHandle.fullFence();
            try {
                entry = look.get();
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
        if (!idle.remove(me) && (hasAside || !isEmpty())) {
            wakeIdle(1);
        }
    }
}
