package io.signalbox.kernel.recovery;

import io.signalbox.kernel.wait.FutureEnds;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Makes the thread that waits for a future the executor of what leads to it: user code runs on the caller's thread and on no other. */
final class CallersThread implements Executor {
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();

    @Override
    public void execute(final Runnable command) {
        work.add(command);
    }

    /** Wakes the thread, which then sees that the future has ended. */
    private static void ended() {}

    /**
     * Do what is to be done until the future has ended.
     *
     * @param interrupted told, once, that this thread was; it should end the future soon. The flag is set again.
     */
    <T> T workUntil(final CompletableFuture<T> future, final Consumer<String> interrupted) {
        FutureEnds.whenEnded(future, (value, failure) -> work.add(CallersThread::ended));
        boolean wasInterrupted = false;
        while (!future.isDone()) {
            try {
                work.take().run();
            } catch (final InterruptedException e) {
                wasInterrupted = true;
                interrupted.accept("the thread that waited for the recovery was interrupted");
            }
            if (Thread.interrupted()) { // by an operation that was interrupted itself
                wasInterrupted = true;
                interrupted.accept("the operation was interrupted");
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return future.join();
    }
}
