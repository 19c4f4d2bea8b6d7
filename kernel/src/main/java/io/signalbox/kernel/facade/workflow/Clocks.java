package io.signalbox.kernel.facade.workflow;

import java.time.Instant;

/** Kernel time as people read it. */
final class Clocks {
    private static final double NS_PER_MS = 1e6;

    private Clocks() {}

    static double ms(final long ns) {
        return ns / NS_PER_MS;
    }

    static Instant instant(final long kernelNs) {
        return Instant.ofEpochSecond(0, kernelNs);
    }
}
