package io.signalbox.kernel.ring;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A read of the machine between two turns, and who waits for it. */
final class Query<T> extends FutureTask<T> {
    private final Thread owner = Thread.currentThread();

    Query(final Callable<T> read) {
        super(read);
    }

    /** Who waits; to be unparked when the baton is down. */
    Thread owner() {
        return owner;
    }
}
