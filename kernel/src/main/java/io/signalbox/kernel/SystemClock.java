package io.signalbox.kernel;

import io.signalbox.kernel.port.KernelClock;

/** The clocks of the JVM. */
enum SystemClock implements KernelClock {
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long wallClockNs() {
        return System.currentTimeMillis() * 1_000_000;
    }
}
