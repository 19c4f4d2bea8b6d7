package io.signalbox.kernel.facade.workflow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Work that takes its time, and work that goes on until it is interrupted. */
final class Working {
    private Working() {}

    /** Takes so long, unless it is interrupted. */
    static void forMs(final long ms) throws InterruptedException {
        new CountDownLatch(1).await(ms, TimeUnit.MILLISECONDS);
    }

    /** Goes on until it is interrupted. */
    static Object endlessly() throws InterruptedException {
        new CountDownLatch(1).await(Duration.ofMinutes(2).toMillis(), TimeUnit.MILLISECONDS);
        throw new IllegalStateException("nobody interrupted it");
    }
}
