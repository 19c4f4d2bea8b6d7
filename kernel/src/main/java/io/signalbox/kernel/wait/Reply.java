package io.signalbox.kernel.wait;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The place where one submitting thread finds the answer to its command. Belongs to that thread, which uses it again for its
 * next command; a thread that gives up waiting must leave it behind.
 *
 * <p>Memory order: the answer is written plainly, then {@code state} by release; the owner reads {@code state} by acquire. A
 * waker looks at {@link #waiter} only behind a full fence after the release, and the owner stands there behind a full fence
 * before it looks again: one of the two sees the other (Dekker).
 */
public final class Reply {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Reply.class, "state", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Thread owner = Thread.currentThread();
    private volatile Thread waiter;

    @SuppressWarnings("UnusedVariable") // through STATE
    private int state;

    private long answer;
    private long position;

    /** Ready for the next command. Owner only. */
    public void arm() {
        STATE.setOpaque(this, 0);
    }

    /** Give the answer. Turn only, once per command. */
    public void complete(final long position, final long answer) {
        this.position = position;
        this.answer = answer;
        STATE.setRelease(this, 1);
    }

    /** Whether the answer is there. Acquire load. */
    public boolean isDone() {
        return (int) STATE.getAcquire(this) != 0;
    }

    /** The answer. Owner only, after {@link #isDone}. */
    public long answer() {
        return answer;
    }

    /** Position of the command. Owner only, after {@link #isDone}. */
    public long position() {
        return position;
    }

    /** The thread it belongs to. */
    public Thread owner() {
        return owner;
    }

    /** Announce that the owner is about to park, or ({@code false}) that it no longer is. Owner only. Volatile store. */
    public void stand(final boolean standing) {
        waiter = standing ? owner : null;
    }

    /** The parked owner, or null. Waker only, behind a full fence. */
    public Thread waiter() {
        return waiter;
    }
}
