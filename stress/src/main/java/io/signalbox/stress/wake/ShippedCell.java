package io.signalbox.stress.wake;

import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.wait.Waiters;
import java.lang.invoke.VarHandle;

/** The kernel's own {@link OutcomeCells} and {@link Waiters}, one wait of them; see {@link WakeModel}. */
class ShippedCell {
    /** The waiter saw the outcome when it looked. */
    static final int SAW_OUTCOME = 1;

    /** The waiter parks, or would. */
    static final int PARKED = 2;

    private static final int CELL = 0;
    private static final int GENERATION = 1;
    private static final int RESOLVED = 1;

    private final OutcomeCells cells = new OutcomeCells(1);
    private final Waiters waiters = new Waiters(1);
    private int cause;
    private int woken;

    ShippedCell() {
        cells.arm(CELL, GENERATION);
    }

    /** What the waiter does until it parks. The waiter only. */
    final int await() {
        if (isConcluded()) {
            return SAW_OUTCOME;
        }
        waiters.register(CELL, Thread.currentThread());
        return looksAgain() && isConcluded() ? SAW_OUTCOME : PARKED;
    }

    /** What a waiter that is awake reads. */
    final int cause() {
        return cause;
    }

    /** Conclude and wake, as a turn does: the fence is the one of putting the baton down. The waker only. */
    final void conclude() {
        cause = 1;
        cells.conclude(CELL, GENERATION, RESOLVED, 0);
        VarHandle.fullFence();
        woken = waiters.wake(CELL);
    }

    /** Whether the waker unparked the waiter. Once both have returned. */
    final boolean isUnparked() {
        return woken == 1;
    }

    boolean looksAgain() {
        return true;
    }

    private boolean isConcluded() {
        return cells.outcome(CELL, GENERATION) != OutcomeCells.PENDING;
    }
}
