package io.signalbox.stress.wake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A wait cell in the abstract: one waiter, one waker, one outcome.
 *
 * <pre>
 *   waiter                            waker
 *   outcome? yes: awake               cause = ...            (plain)
 *   waiter = REGISTERED (release)     outcome = DONE         (release)
 *   full fence                        full fence
 *   outcome? yes: awake               waiter registered? take it, unpark it
 *   park
 * </pre>
 *
 * Either the waiter's second look sees the outcome or the waker sees the waiter; whoever reads the outcome by acquire sees its cause.
 */
class WakeModel {
    /** The waiter saw the outcome when it looked. */
    static final int SAW_OUTCOME = 1;

    /** The waiter parks, or would. */
    static final int PARKED = 2;

    private static final VarHandle OUTCOME;
    private static final VarHandle WAITER;
    private static final int NONE = 0;
    private static final int REGISTERED = 1;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            OUTCOME = lookup.findVarHandle(WakeModel.class, "outcome", int.class);
            WAITER = lookup.findVarHandle(WakeModel.class, "waiter", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int cause;

    @SuppressWarnings("unused") // by OUTCOME
    private int outcome;

    @SuppressWarnings("unused") // by WAITER
    private int waiter;

    private boolean unparked;

    /** What the waiter does until it parks. The waiter only. */
    final int await() {
        if (isConcluded()) {
            return SAW_OUTCOME;
        }
        WAITER.setRelease(this, REGISTERED);
        fenceAfterRegistering();
        return looksAgain() && isConcluded() ? SAW_OUTCOME : PARKED;
    }

    /** What a waiter that is awake reads. */
    final int cause() {
        return cause;
    }

    /** Conclude and wake. The waker only. */
    final void conclude() {
        writeCauseAndOutcome();
        VarHandle.fullFence();
        if ((int) WAITER.getOpaque(this) == REGISTERED && (int) WAITER.getAndSet(this, NONE) == REGISTERED) {
            unparked = true;
        }
    }

    /** Whether the waker unparked the waiter. Once both have returned. */
    final boolean isUnparked() {
        return unparked;
    }

    final void writeCause() {
        cause = 1;
    }

    final void writeOutcome() {
        OUTCOME.setRelease(this, 1);
    }

    void writeCauseAndOutcome() {
        writeCause();
        writeOutcome();
    }

    void fenceAfterRegistering() {
        VarHandle.fullFence();
    }

    boolean looksAgain() {
        return true;
    }

    private boolean isConcluded() {
        return (int) OUTCOME.getAcquire(this) != 0;
    }
}
