package io.signalbox.kernel;

import io.signalbox.kernel.port.KernelClock;

/** A clock that stands still until it is moved. */
final class ManualClock implements KernelClock {
    private final long originNs;
    private volatile long elapsedNs;

    ManualClock(final long originNs) {
        this.originNs = originNs;
    }

    void moveTo(final long timeNs) {
        elapsedNs = timeNs - originNs;
    }

    @Override
    public long nanoTime() {
        return elapsedNs;
    }

    @Override
    public long wallClockNs() {
        return originNs;
    }
}
