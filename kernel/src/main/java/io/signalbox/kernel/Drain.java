package io.signalbox.kernel;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads one subscription on its reader's executor: one task at a time, each of at most {@value #BATCH} items, so that readers that
 * share an executor take turns. {@link #schedule} may be called by any thread and does nothing but hand a task over.
 */
abstract class Drain implements Runnable {
    private static final int BATCH = 256;

    private final Executor executor;
    private final AtomicInteger calls = new AtomicInteger(); // since the task at hand began; 0 when there is none

    Drain(final Executor executor) {
        this.executor = executor;
    }

    /** There may be something to do. */
    final void schedule() {
        if (!isDone() && calls.getAndIncrement() == 0) {
            submit();
        }
    }

    private void submit() {
        try {
            executor.execute(this);
        } catch (final RejectedExecutionException e) {
            onRejected(e);
        }
    }

    @Override
    public final void run() {
        int seen = calls.get();
        int items = 0;
        while (true) {
            if (!isDone() && step()) {
                if (++items == BATCH) {
                    submit();
                    return;
                }
            } else {
                seen = calls.addAndGet(-seen);
                if (seen == 0) {
                    return;
                }
            }
        }
    }

    /** Deal with one item; false when there is nothing to do until the next {@link #schedule}. Never throws. On the executor. */
    abstract boolean step();

    /** The executor takes no more tasks: this drain is done. */
    abstract void onRejected(RejectedExecutionException cause);

    /** Whether it ended. Any thread. */
    abstract boolean isDone();
}
