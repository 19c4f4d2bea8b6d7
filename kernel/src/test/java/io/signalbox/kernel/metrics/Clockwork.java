package io.signalbox.kernel.metrics;

import java.util.function.LongSupplier;

/** A clock that stands still until it is moved, and a set of recorders that goes by it. */
final class Clockwork implements LongSupplier {
    private volatile long nowNs;

    @Override
    public long getAsLong() {
        return nowNs;
    }

    void move(final long durationNs) {
        nowNs = nowNs + durationNs;
    }

    Metrics metrics(final MetricsConfig config) {
        return new Metrics(config, this, KernelMeter.OFF);
    }
}
