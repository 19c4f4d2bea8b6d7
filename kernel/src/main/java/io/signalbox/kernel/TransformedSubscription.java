package io.signalbox.kernel;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A subscription read through a transformation of the reader's, which runs on the reader's thread. What it throws goes to the reader,
 * and the item counts as read. The rules of {@link Subscription} about threads hold.
 */
public final class TransformedSubscription<T> implements AutoCloseable {
    private final Subscription subscription;
    private final Function<? super Subscription.Item, ? extends T> transformation;

    TransformedSubscription(
            final Subscription subscription, final Function<? super Subscription.Item, ? extends T> transformation) {
        this.subscription = subscription;
        this.transformation = transformation;
    }

    /** The next one, or null when everything has been read. */
    public T poll() {
        Subscription.Item item = subscription.poll();
        while (item != null) {
            final T value = transformation.apply(item);
            if (value != null) {
                return value;
            }
            item = subscription.poll();
        }
        return null;
    }

    /** The next one, waited for as {@link Subscription#take} waits; what is left out takes of the same time. */
    public T take(final long timeout, final TimeUnit unit) {
        final long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        Subscription.Item item = subscription.take(timeout, unit);
        while (item != null) {
            final T value = transformation.apply(item);
            if (value != null) {
                return value;
            }
            item = subscription.take(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return null;
    }

    /** This, through a further transformation. */
    public <R> TransformedSubscription<R> transformed(final Function<? super T, ? extends R> further) {
        return new TransformedSubscription<>(subscription, item -> {
            final T value = transformation.apply(item);
            return value == null ? null : further.apply(value);
        });
    }

    /** The subscription below. */
    public Subscription subscription() {
        return subscription;
    }

    /** Close the subscription below. */
    @Override
    public void close() {
        subscription.close();
    }
}
