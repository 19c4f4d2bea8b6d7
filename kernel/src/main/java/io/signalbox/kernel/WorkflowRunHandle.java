package io.signalbox.kernel;

import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.time.Duration;

/** A run of a workflow. Any thread. */
public final class WorkflowRunHandle {
    private final Kernel kernel;
    private final long handle;

    WorkflowRunHandle(final Kernel kernel, final long handle) {
        this.kernel = kernel;
        this.handle = handle;
    }

    /** Its handle. */
    public long handle() {
        return handle;
    }

    /** Everything about it at this moment; null when its place has a new owner. Asked between two turns. */
    public RunSnapshot snapshot() {
        return kernel.query(() -> kernel.machine().inspector().run(handle));
    }

    /** One step of it at this moment; null when there is no such step. Asked between two turns. */
    public StepSnapshot step(final int index) {
        return kernel.query(() -> kernel.machine().inspector().step(handle, index));
    }

    /** Where it stands; null when its place has a new owner. Asked between two turns. */
    public RunState state() {
        return kernel.query(() -> kernel.machine().inspector().state(handle));
    }

    /**
     * Wait until it has ended.
     *
     * @param patience how long at most.
     * @return where it stands: final, unless the time was up, the thread was interrupted (its flag is set) or the kernel closed.
     */
    public RunState await(final Duration patience) {
        final Driver driver = kernel.driver();
        final Thread me = Thread.currentThread();
        final int cell = (int) handle;
        final long deadlineNs = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                driver.turnIfInvoker();
                driver.runWaiters().register(cell, me);
                final RunState state = state();
                final long leftNs = deadlineNs - System.nanoTime();
                if (state == null || state.isFinal() || leftNs <= 0 || me.isInterrupted() || !driver.isServed()) {
                    return state;
                }
                // Asking may have used up the wake-up of whoever took this thread off the cell.
                if (driver.runWaiters().isStanding(cell, me)) {
                    driver.park(leftNs);
                }
            }
        } finally {
            driver.runWaiters().leave(cell, me);
            driver.runWaiters()
                    .wake(cell); // the others look again: their waker may have come while they were off the cell
        }
    }

    /**
     * Answer a step that waits for a word from outside. Journaled when this returns; refused when nobody asks for it any more.
     *
     * @param asked the step as it was when it was looked at.
     */
    public Receipt answer(
            final StepSnapshot asked, final StepEnding ending, final byte[] result, final byte[] detail) {
        return kernel.tasks()
                .finish(new Tasks.Task(handle, asked.index(), asked.attempts(), null), ending, 0, result, detail);
    }

    /** Cancel it: what has not ended is cancelled. */
    public Receipt cancel() {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.workflows().cancelRun(0, handle));
    }

    /** Go on with what failed in it or was cancelled, now that it has ended. */
    public Receipt retry() {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.workflows().retryRun(0, handle));
    }
}
