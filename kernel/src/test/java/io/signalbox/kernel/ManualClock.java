package io.signalbox.kernel;

import io.signalbox.kernel.port.KernelClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until moved. */
final class ManualClock implements KernelClock {
    private final AtomicLong nowNs = new AtomicLong();

    void advance(final Duration by) {
        nowNs.addAndGet(by.toNanos());
    }

    @Override
    public long nanoTime() {
        return nowNs.get();
    }

    @Override
    public long wallClockNs() {
        return 1_000_000_000L;
    }
}
