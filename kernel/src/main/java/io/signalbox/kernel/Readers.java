package io.signalbox.kernel;

import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.reader.Followers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Ways to be told of signals besides pulling them one after the other ({@link Kernel#subscribe(SignalFilter, Start)}). Each is a place of
 * its own in the kernel's order. Any thread.
 */
public final class Readers {
    private final Kernel kernel;
    private final Followers followers; // null without a journal
    private final Dispatcher dispatcher;
    private volatile boolean hasGivenUp;

    Readers(final Kernel kernel, final Journal journal) {
        this.kernel = kernel;
        followers = journal == null
                ? null
                : new Followers(
                        journal, kernel.config().limits(), kernel.machine().tail());
        dispatcher = new Dispatcher(
                kernel.driver(), kernel.machine().tail(), kernel.config().name() + "-listeners");
    }

    /** Important signals first; see {@link PrioritySubscription}. */
    public PrioritySubscription byPriority(
            final SignalFilter filter, final PrioritySubscription.Lanes lanes, final Start start) {
        return new PrioritySubscription(kernel, filter, lanes, start, List.of());
    }

    /** Go on where a subscription by priority stopped: nothing that it had handed out comes again. */
    public PrioritySubscription byPriority(
            final SignalFilter filter,
            final PrioritySubscription.Lanes lanes,
            final PrioritySubscription.Resume resume) {
        return new PrioritySubscription(kernel, filter, lanes, Start.sequence(resume.sequence()), resume.delivered());
    }

    /**
     * Hand what passes a filter to a listener, one item after the other, on the listener's executor; see {@link Listening}.
     *
     * @param executor takes tasks without running them in place; what runs or waits in place keeps the other listeners waiting, and the
     *     kernel's close for at most {@link KernelConfig#listenersPatience}.
     */
    public Listening listen(
            final SignalFilter filter,
            final Start start,
            final Executor executor,
            final Consumer<? super Subscription.Item> listener) {
        final Listening listening = new Listening(kernel.subscribe(filter, start), executor, listener);
        dispatcher.add(listening.task());
        return listening;
    }

    /** A publisher of what passes a filter; each of its subscribers begins at the start. See {@link SignalPublisher}. */
    public Flow.Publisher<Subscription.Item> publisher(
            final SignalFilter filter, final Start start, final Executor executor) {
        return publisher(filter, start, executor, Function.identity());
    }

    /**
     * As {@link #publisher(SignalFilter, Start, Executor)}, with a transformation, which answers null for what is to be left out and
     * is called on the executor.
     */
    public <T> Flow.Publisher<T> publisher(
            final SignalFilter filter,
            final Start start,
            final Executor executor,
            final Function<? super Subscription.Item, ? extends T> transformation) {
        return new SignalPublisher<>(kernel, filter, start, executor, transformation);
    }

    /**
     * Whether the kernel was closed although the executor of a listener, which has still not returned, had not taken what it was handed:
     * it, and listeners behind it, may not have been given what was raised last. See {@link KernelConfig#listenersPatience}.
     */
    public boolean hasGivenUp() {
        return hasGivenUp;
    }

    Followers followers() {
        return followers;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** The kernel is closed; its journal is not yet. */
    void close() {
        final Duration patience = kernel.config().listenersPatience();
        if (!dispatcher.close(patience)) {
            hasGivenUp = true;
            CloseWarning.ofAWaitingExecutor(kernel.config());
        }
        if (followers != null) {
            followers.close();
        }
    }
}
