package io.signalbox.kernel.wait;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who may spin before parking. One count of permits for the whole kernel, cores minus one: a waiter without a permit parks at
 * once, and so does a virtual thread, whose park costs less than a spin. Any thread.
 */
public final class Spinning {
    /** How a waiter waits. */
    public enum Style {
        /** With a permit spin about a hundred turns, then park. */
        SPIN_THEN_PARK,
        /** Park at once. */
        PARK,
        /** Never park, but for virtual threads. Only for machines that have a core for each waiter. */
        BUSY_SPIN
    }

    /** Answer of {@link #acquire} to who shall not park at all. */
    public static final int ENDLESS = Integer.MAX_VALUE;

    private static final int SPINS_MAX = 100;

    private final Style style;
    private final AtomicInteger permits;

    public Spinning(final Style style, final int permits) {
        this.style = style;
        this.permits = new AtomicInteger(permits);
    }

    /** How many turns the calling thread may look before it parks; give back with {@link #release} when not 0. */
    public int acquire() {
        if (style == Style.PARK || VirtualThreads.isVirtual(Thread.currentThread())) {
            return 0;
        }
        if (style == Style.BUSY_SPIN) {
            return ENDLESS;
        }
        int free = permits.getAcquire();
        while (free > 0) {
            if (permits.compareAndSet(free, free - 1)) {
                return SPINS_MAX;
            }
            free = permits.getAcquire();
        }
        return 0;
    }

    /** Between two looks of who may look {@code spins} times: a pause costs an endless spinner more than its next look. */
    public static void pause(final int spins) {
        if (spins != ENDLESS) {
            Thread.onSpinWait();
        }
    }

    /** Give the permit back. */
    public void release(final int spins) {
        if (spins == SPINS_MAX) {
            permits.getAndIncrement();
        }
    }

    /** Permits that nobody holds now. */
    public int free() {
        return permits.get();
    }
}
