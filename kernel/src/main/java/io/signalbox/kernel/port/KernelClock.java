package io.signalbox.kernel.port;

/** The only clock a kernel reads, and only its drivers do. A test hands in one that stands still until moved. */
public interface KernelClock {
    /** Monotonic nanoseconds from an arbitrary origin; never steps back. Any thread. */
    long nanoTime();

    /** Nanoseconds since 1970-01-01T00:00Z by the wall clock. Read once at open; may step. Any thread. */
    long wallClockNs();
}
