package io.signalbox.kernel;

import io.signalbox.kernel.port.JournalException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A listener at work. It is given one item after the other in the kernel's order, on its executor, by one thread at a time. What it
 * throws is counted and kept, and it goes on with the next item; no other listener, reader or writer is touched by it. When the
 * kernel closes, what was raised before is still handed out.
 */
public final class Listening implements AutoCloseable {
    /**
     * What went wrong last.
     *
     * @param item at which it happened; null when the executor refused the task or the journal could not be read, which ends the
     *     listening, and when a predicate of the filter threw.
     * @param cause what was thrown.
     */
    public record Failure(Subscription.Item item, Throwable cause) {}

    private final Subscription subscription;
    private final Consumer<? super Subscription.Item> listener;
    private final Task task;
    private final AtomicLong failures = new AtomicLong();
    private volatile Failure lastFailure;

    Listening(
            final Subscription subscription,
            final Executor executor,
            final Consumer<? super Subscription.Item> listener) {
        this.subscription = subscription;
        this.listener = listener;
        this.task = new Task(executor);
    }

    Drain task() {
        return task;
    }

    private final class Task extends Drain {
        Task(final Executor executor) {
            super(executor);
        }

        @Override
        boolean step() {
            Subscription.Item item = null;
            try {
                item = subscription.poll();
                if (item == null) {
                    return false;
                }
                listener.accept(item);
            } catch (final JournalException e) {
                fail(item, e);
                if (item == null) {
                    close();
                }
            } catch (final Throwable e) {
                fail(item, e);
            }
            return true;
        }

        @Override
        void onRejected(final RejectedExecutionException cause) {
            fail(null, cause);
            close();
        }

        @Override
        boolean isDone() {
            return subscription.isClosed();
        }
    }

    private void fail(final Subscription.Item item, final Throwable cause) {
        lastFailure = new Failure(item, cause);
        failures.incrementAndGet();
    }

    /** Signals handed to the listener, those at which it failed included. Any thread. */
    public long received() {
        return subscription.received();
    }

    /** Signals missed, as {@link Subscription#missed}; the listener was given the gaps. Any thread. */
    public long missed() {
        return subscription.missed();
    }

    /** How often the listener, or a predicate of its filter, threw. Any thread. */
    public long failures() {
        return failures.get();
    }

    /** The last of them, or null. Any thread. */
    public Failure lastFailure() {
        return lastFailure;
    }

    /** Whether it ended: closed, refused by its executor, or without a journal it could read. Any thread. */
    public boolean isClosed() {
        return subscription.isClosed();
    }

    /** Listen no more; a call that is running is not waited for. Any thread. Closing twice is harmless. */
    @Override
    public void close() {
        subscription.close();
    }
}
