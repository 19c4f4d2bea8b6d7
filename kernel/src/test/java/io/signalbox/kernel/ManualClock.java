package io.signalbox.kernel;

import io.signalbox.kernel.port.KernelClock;

/** A clock that stands still until it is moved. */
public final class ManualClock implements KernelClock {
    private final long originNs;
    private volatile long elapsedNs;

    public ManualClock(final long originNs) {
        this.originNs = originNs;
    }

    public void moveTo(final long timeNs) {
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
