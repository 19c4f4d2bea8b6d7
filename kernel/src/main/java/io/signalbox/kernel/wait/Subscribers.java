package io.signalbox.kernel.wait;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Readers that have read everything and stand until there is more. Any thread. */
public final class Subscribers {
    private final ConcurrentLinkedQueue<Thread> standing = new ConcurrentLinkedQueue<>();

    /** Stand; look again, then park. */
    public void register(final Thread thread) {
        standing.add(thread);
    }

    /** No longer stand. */
    public void leave(final Thread thread) {
        standing.remove(thread);
    }

    /** There is more. After the baton is down, behind a full fence. */
    public void wake() {
        Thread thread = standing.isEmpty() ? null : standing.poll();
        while (thread != null) {
            LockSupport.unpark(thread);
            thread = standing.poll();
        }
    }
}
