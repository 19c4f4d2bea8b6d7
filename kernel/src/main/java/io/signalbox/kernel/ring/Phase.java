package io.signalbox.kernel.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How far a kernel has come: open, closed, ended, or halted. Only forwards. Any thread; what is told is out of date at once, so who
 * publishes looks again behind a full fence.
 */
final class Phase {
    private static final VarHandle HALTED;

    static {
        try {
            HALTED = MethodHandles.lookup().findVarHandle(Phase.class, "halted", Throwable.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile boolean closed;
    private volatile boolean ended;
    private volatile Throwable halted;

    /** Whether commands are taken. */
    boolean isOpen() {
        return !closed && halted == null;
    }

    /** Whether what was published still gets its turn. */
    boolean isServed() {
        return !ended && halted == null;
    }

    boolean isClosed() {
        return closed;
    }

    /** No command is taken any more. */
    void close() {
        closed = true;
    }

    /** No turn comes any more. */
    void end() {
        ended = true;
    }

    /** An invariant is broken. The first cause stays. */
    void halt(final Throwable cause) {
        HALTED.compareAndSet(this, null, cause);
    }

    boolean isHalted() {
        return halted != null;
    }

    /** Why the kernel halted, or null. */
    Throwable haltCause() {
        return halted;
    }
}
