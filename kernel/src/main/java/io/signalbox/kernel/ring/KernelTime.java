package io.signalbox.kernel.ring;

import io.signalbox.kernel.port.KernelClock;

/**
 * Kernel time in nanoseconds since 1970: the later of the last journaled time and the wall clock at open, plus what has elapsed
 * since by the monotonic clock. It never steps back, whatever the wall clock does. Any thread.
 */
public final class KernelTime {
    private final KernelClock clock;
    private final long baseNs;
    private final long originNs;

    public KernelTime(final KernelClock clock, final long lastJournaledNs) {
        this.clock = clock;
        this.originNs = clock.nanoTime();
        this.baseNs = Math.max(lastJournaledNs, clock.wallClockNs());
    }

    /** Now. */
    public long nowNs() {
        return baseNs + (clock.nanoTime() - originNs);
    }
}
