package io.signalbox.kernel.wait;

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

    /** Stand at a cell. The waiting thread only. */
    public void register(final int cell, final Thread thread) {
        while (true) {
            final Object present = cells.get(cell);
            if (present == thread) {
                return;
            }
            if (cells.compareAndSet(cell, present, present == null ? thread : new Node(thread, present))) {
                return;
            }
        }
    }

    /**
     * Leave a cell without having been woken. The others that stood there are registered anew; the caller must look at the
     * outcome once more and {@link #wake} the cell when it is there, since its waker may have come in between.
     */
    public void leave(final int cell, final Thread thread) {
        Object present = cells.getAndSet(cell, null);
        while (present != null) {
            final Thread standing = present instanceof Node node ? node.thread : (Thread) present;
            if (standing != thread) {
                register(cell, standing);
            }
            present = present instanceof Node node ? node.next : null;
        }
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

    /** Wake everybody: the kernel has halted or closes. */
    public void wakeAll() {
        for (int cell = 0; cell < cells.length(); cell++) {
            wake(cell);
        }
    }
}
