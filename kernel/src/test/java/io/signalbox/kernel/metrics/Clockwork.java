package io.signalbox.kernel.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands still until it is moved, and a set of recorders that goes by it. */
final class Clockwork implements LongSupplier {
    private final AtomicLong nowNs = new AtomicLong();

    @Override
    public long getAsLong() {
        return nowNs.get();
    }

    void move(final long durationNs) {
        nowNs.addAndGet(durationNs);
    }

    Metrics metrics(final MetricsConfig config) {
        return new Metrics(config, this, KernelMeter.OFF);
    }
}
