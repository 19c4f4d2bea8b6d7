package io.signalbox.journal.chronicle;

import io.signalbox.kernel.port.KernelClock;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until it is moved. A kernel that is opened on a journal goes on at the journal's last time. */
final class HandMovedClock implements KernelClock {
    static final long MS = 1_000_000;

    private final AtomicLong elapsedNs = new AtomicLong();

    void move(final long elapsedMs) {
        elapsedNs.addAndGet(elapsedMs * MS);
    }

    @Override
    public long nanoTime() {
        return elapsedNs.get();
    }

    @Override
    public long wallClockNs() {
        return MS;
    }
}
