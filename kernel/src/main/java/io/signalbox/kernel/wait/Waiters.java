package io.signalbox.kernel.wait;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Who stands at which cell. The waiter's side: look at the outcome, {@link #register}, look again, park. The waker's side:
 * release the outcome, full fence, {@link #wake}. Registering is a CAS, so one of the two sees the other.
 *
 * <p>A lone waiter is its thread and costs no allocation; further ones form a chain.
 */
public final class Waiters {
    private record Node(Thread thread, Object next) {}

    private final AtomicReferenceArray<Object> cells;

    public Waiters(final int capacity) {
        cells = new AtomicReferenceArray<>(capacity);
    }

    /** Stand at a cell, once. The waiting thread only. Ends with a full fence. */
    public void register(final int cell, final Thread thread) {
        if (!isStanding(cell, thread)) {
            add(cell, thread);
        }
        VarHandle.fullFence();
    }

    private void add(final int cell, final Thread thread) {
        Object present;
        do {
            present = cells.get(cell);
        } while (!cells.compareAndSet(cell, present, present == null ? thread : new Node(thread, present)));
    }

    /** Whether the thread stands at a cell and nobody has woken it there since. The waiting thread only. */
    public boolean isStanding(final int cell, final Thread thread) {
        Object present = cells.get(cell);
        while (present instanceof Node node) {
            if (node.thread == thread) {
                return true;
            }
            present = node.next;
        }
        return present == thread;
    }

    /**
     * Leave a cell without having been woken. The others that stood there are registered anew; the caller must look once more at what
     * they wait for, whether the kernel is still served included, and {@link #wake} the cell when it is there, since its waker may
     * have come in between. Ends with a full fence.
     */
    public void leave(final int cell, final Thread thread) {
        if (!isStanding(cell, thread)) {
            return; // nobody was taken off the list, so nobody can have been missed
        }
        Object present = cells.getAndSet(cell, null);
        while (present != null) {
            final Thread standing = present instanceof Node node ? node.thread : (Thread) present;
            if (standing != thread) {
                add(cell, standing);
            }
            present = present instanceof Node node ? node.next : null;
        }
        VarHandle.fullFence();
    }

    /** Wake whoever stands at a cell. After the baton is down, behind a full fence. Returns how many. */
    public int wake(final int cell) {
        if (cells.get(cell) == null) {
            return 0;
        }
        Object present = cells.getAndSet(cell, null);
        int woken = 0;
        while (present != null) {
            LockSupport.unpark(present instanceof Node node ? node.thread : (Thread) present);
            present = present instanceof Node node ? node.next : null;
            woken++;
        }
        return woken;
    }

    /** Whether nobody stands at a cell. Behind a full fence. */
    public boolean isEmpty(final int cell) {
        return cells.get(cell) == null;
    }

    /** Wake everybody: the kernel has halted or closes. */
    public void wakeAll() {
        for (int cell = 0; cell < cells.length(); cell++) {
            wake(cell);
        }
    }
}
