package io.signalbox.kernel.ring;

import io.signalbox.kernel.wait.Reply;
import io.signalbox.kernel.wait.Subscribers;
import io.signalbox.kernel.wait.Waiters;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Whom a turn has to wake, collected under the baton, done when it is down. Belongs to the holder of that turn. */
final class WakeList {
    private int[] cells = new int[64];
    private int cellCount;
    private int[] runs = new int[4];
    private int runCount;
    private int[] states = new int[4];
    private int stateCount;
    private Reply[] replies = new Reply[64];
    private int replyCount;
    private Thread[] threads = new Thread[4];
    private int threadCount;
    int tasks;
    boolean signals;

    void addCell(final int cell) {
        if (cellCount == cells.length) {
            cells = Arrays.copyOf(cells, cellCount * 2);
        }
        cells[cellCount++] = cell;
    }

    void addRun(final int slot) {
        if (runCount == runs.length) {
            runs = Arrays.copyOf(runs, runCount * 2);
        }
        runs[runCount++] = slot;
    }

    void addState(final int slot) {
        if (stateCount == states.length) {
            states = Arrays.copyOf(states, stateCount * 2);
        }
        states[stateCount++] = slot;
    }

    void addReply(final Reply reply) {
        if (replyCount == replies.length) {
            replies = Arrays.copyOf(replies, replyCount * 2);
        }
        replies[replyCount++] = reply;
    }

    void addThread(final Thread thread) {
        if (threadCount == threads.length) {
            threads = Arrays.copyOf(threads, threadCount * 2);
        }
        threads[threadCount++] = thread;
    }

    /** Whether nobody on it stands; then it is empty again. Behind a full fence after the outcomes were released. */
    boolean dropIfNobodyStands(
            final Waiters waiters, final Waiters stateWaiters, final TaskFeed feed, final Subscribers subscribers) {
        if (runCount > 0 || tasks > 0 && feed.hasToBeTold() || threadCount > 0 || signals && !subscribers.isEmpty()) {
            return false;
        }
        for (int i = 0; i < cellCount; i++) {
            if (!waiters.isEmpty(cells[i])) {
                return false;
            }
        }
        for (int i = 0; i < stateCount; i++) {
            if (!stateWaiters.isEmpty(states[i])) {
                return false;
            }
        }
        for (int i = 0; i < replyCount; i++) {
            if (replies[i].waiter() != null) {
                return false;
            }
        }
        for (int i = 0; i < replyCount; i++) {
            replies[i] = null;
        }
        cellCount = 0;
        stateCount = 0;
        replyCount = 0;
        tasks = 0;
        signals = false;
        return true;
    }

    /** Wake them. Behind the full fence of the baton's putting down or handing on. */
    void wake(
            final Waiters waiters,
            final Waiters stateWaiters,
            final Waiters runWaiters,
            final TaskFeed feed,
            final Subscribers subscribers) {
        for (int i = 0; i < cellCount; i++) {
            waiters.wake(cells[i]);
        }
        for (int i = 0; i < runCount; i++) {
            runWaiters.wake(runs[i]);
        }
        for (int i = 0; i < stateCount; i++) {
            stateWaiters.wake(states[i]);
        }
        if (signals) {
            subscribers.wake();
        }
        if (tasks > 0) {
            feed.wake(tasks);
        }
        for (int i = 0; i < replyCount; i++) {
            final Thread waiter = replies[i].waiter();
            if (waiter != null) {
                LockSupport.unpark(waiter);
            }
            replies[i] = null;
        }
        for (int i = 0; i < threadCount; i++) {
            LockSupport.unpark(threads[i]);
            threads[i] = null;
        }
        threadCount = 0;
        cellCount = 0;
        stateCount = 0;
        replyCount = 0;
        tasks = 0;
        signals = false;
        runCount = 0;
    }
}
