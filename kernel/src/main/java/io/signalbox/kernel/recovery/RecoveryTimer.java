package io.signalbox.kernel.recovery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The clock of recoveries. Pauses are appointments with it: nobody sleeps. A test hands in one that moves when told. */
public interface RecoveryTimer {
    /** Monotonic nanoseconds from an arbitrary origin. Any thread. */
    long nowNs();

    /**
     * Call back once.
     *
     * @param delayNs not before so long from now; 0 or less: at once.
     * @param work short; hands on to an executor.
     */
    void after(long delayNs, Runnable work);

    /** The JVM's clock, and the one thread that the JDK keeps for delays. */
    static RecoveryTimer system() {
        return new RecoveryTimer() {
            @Override
            public long nowNs() {
                return System.nanoTime();
            }

            @Override
            public void after(final long delayNs, final Runnable work) {
                CompletableFuture.delayedExecutor(delayNs, TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(work);
            }
        };
    }
}
