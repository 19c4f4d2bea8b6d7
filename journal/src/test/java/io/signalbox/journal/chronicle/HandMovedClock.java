package io.signalbox.journal.chronicle;

import io.signalbox.kernel.port.KernelClock;

/** Stands still until it is moved. A kernel that is opened on a journal goes on at the journal's last time. */
final class HandMovedClock implements KernelClock {
    static final long MS = 1_000_000;

    private volatile long elapsedNs;

    void move(final long elapsedMs) {
        elapsedNs += elapsedMs * MS;
    }

    @Override
    public long nanoTime() {
        return elapsedNs;
    }

    @Override
    public long wallClockNs() {
        return MS;
    }
}
