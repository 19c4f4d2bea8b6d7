package io.signalbox.kernel;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Signals as a {@link Flow.Publisher}: cold, one cursor for each subscriber, strictly in order. A subscriber that requests slowly
 * holds up nobody; it falls behind like any reader. When the kernel closes, a subscriber is given what was raised before, as
 * far as it requests it, then {@code onComplete}; when the kernel has halted, {@code onError} with a {@link KernelHaltedException}.
 */
final class SignalPublisher<T> implements Flow.Publisher<T> {
    private final Kernel kernel;
    private final SignalFilter filter;
    private final Start start;
    private final Executor executor;
    private final Function<? super Subscription.Item, ? extends T> transformation;

    SignalPublisher(
            final Kernel kernel,
            final SignalFilter filter,
            final Start start,
            final Executor executor,
            final Function<? super Subscription.Item, ? extends T> transformation) {
        this.kernel = kernel;
        this.filter = filter;
        this.start = start;
        this.executor = executor;
        this.transformation = transformation;
    }

    @Override
    public void subscribe(final Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        kernel.readers()
                .dispatcher()
                .add(new Reading<>(kernel, kernel.subscribe(filter, start), executor, transformation, subscriber));
    }

    /** One subscriber's reading; everything it is told comes from one task at a time. */
    private static final class Reading<T> extends Drain implements Flow.Subscription {
        private final Kernel kernel;
        private final Subscription signals;
        private final Function<? super Subscription.Item, ? extends T> transformation;
        private final AtomicLong requested = new AtomicLong();
        private volatile Flow.Subscriber<? super T> subscriber; // null when it ended, so that nothing is kept alive
        private volatile long wronglyRequested = 1;
        private boolean begun;

        Reading(
                final Kernel kernel,
                final Subscription signals,
                final Executor executor,
                final Function<? super Subscription.Item, ? extends T> transformation,
                final Flow.Subscriber<? super T> subscriber) {
            super(executor);
            this.kernel = kernel;
            this.signals = signals;
            this.transformation = transformation;
            this.subscriber = subscriber;
        }

        @Override
        public void request(final long n) {
            if (n <= 0) {
                wronglyRequested = n;
            } else {
                requested.getAndUpdate(before -> before + n < 0 ? Long.MAX_VALUE : before + n);
            }
            schedule();
        }

        @Override
        public void cancel() {
            subscriber = null;
            signals.close();
        }

        @Override
        boolean step() {
            final Flow.Subscriber<? super T> told = subscriber;
            if (told == null) {
                return false;
            }
            try {
                return begun ? tell(told) : begin(told);
            } catch (final Throwable e) {
                end(subscriberOrNull -> subscriberOrNull.onError(e));
                return false;
            }
        }

        private boolean begin(final Flow.Subscriber<? super T> told) {
            begun = true;
            call(() -> told.onSubscribe(this));
            return true;
        }

        private boolean tell(final Flow.Subscriber<? super T> told) {
            if (wronglyRequested <= 0) {
                end(subscriberOrNull -> subscriberOrNull.onError(new IllegalArgumentException(
                        "a subscriber requests 1 or more (rule 3.9 of Reactive Streams), this one "
                                + wronglyRequested)));
                return false;
            }
            final boolean served =
                    kernel.driver().isServed(); // before the look: what was raised before it went is read
            if (requested.get() == 0) {
                return endWhenEverythingIsRead(served);
            }
            final Subscription.Item item = signals.poll();
            if (item == null) {
                if (!served && !signals.isClosed()) {
                    endWithKernel();
                }
                return false;
            }
            final T value = transformation.apply(item);
            if (value != null) {
                requested.getAndUpdate(before -> before == Long.MAX_VALUE ? before : before - 1);
                call(() -> told.onNext(value));
            }
            return true;
        }

        /** Without a request nothing is read, but that there is nothing more may be said. */
        private boolean endWhenEverythingIsRead(final boolean served) {
            if (!served && signals.hasReadEverything()) {
                endWithKernel();
            }
            return false;
        }

        private void endWithKernel() {
            final Throwable cause = kernel.haltCause();
            end(told -> {
                if (cause == null) {
                    told.onComplete();
                } else {
                    told.onError(new KernelHaltedException(
                            "kernel " + kernel.config().name() + " has halted", cause));
                }
            });
        }

        /** A subscriber that throws breaks rule 2.13: it counts as cancelled, and its thread's handler is told. */
        private void call(final Runnable signal) {
            try {
                signal.run();
            } catch (final Throwable e) {
                cancel();
                report(e);
            }
        }

        private void end(final Consumer<Flow.Subscriber<? super T>> last) {
            final Flow.Subscriber<? super T> told = subscriber;
            cancel();
            if (told != null) {
                call(() -> last.accept(told));
            }
        }

        private static void report(final Throwable e) {
            final Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }

        @Override
        void onRejected(final RejectedExecutionException cause) {
            end(told -> told.onError(cause));
        }

        @Override
        boolean isDone() {
            return subscriber == null;
        }
    }
}
