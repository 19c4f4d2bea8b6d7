package io.signalbox.kernel.wait;

import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Readers that have read everything and stand until there is more. Any thread. */
public final class Subscribers {
    private final ConcurrentLinkedQueue<Thread> standing = new ConcurrentLinkedQueue<>();

    /** Stand; look again, then park. Ends with a full fence. */
    public void register(final Thread thread) {
        standing.add(thread);
        VarHandle.fullFence();
    }

    /** No longer stand. */
    public void leave(final Thread thread) {
        standing.remove(thread);
    }

    /** There is more. After the baton is down, behind a full fence. Who comes back meanwhile is woken once more, not for ever. */
    public void wake() {
        final Thread first = standing.isEmpty() ? null : standing.poll();
        Thread thread = first;
        while (thread != null) {
            LockSupport.unpark(thread);
            thread = standing.poll();
            if (thread == first) {
                LockSupport.unpark(thread);
                return;
            }
        }
    }

    /** Whether nobody stands. Behind a full fence. */
    public boolean isEmpty() {
        return standing.isEmpty();
    }
}
