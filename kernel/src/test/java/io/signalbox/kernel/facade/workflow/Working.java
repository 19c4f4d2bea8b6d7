package io.signalbox.kernel.facade.workflow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Work that takes its time, and work that goes on until it is interrupted. */
final class Working {
    private Working() {}

    /** Takes so long, unless it is interrupted. */
    static void forMs(final long ms) throws InterruptedException {
        new CountDownLatch(1).await(ms, TimeUnit.MILLISECONDS);
    }

    /** What comes of it, the first time that it is as wanted, at most five times: a machine that is busy otherwise is slow now and then. */
    static <T> T soonEnough(final Supplier<T> work, final Predicate<T> wanted) {
        T result = work.get();
        for (int i = 1; i < 5 && !wanted.test(result); i++) {
            result = work.get();
        }
        return result;
    }

    /** Goes on until it is interrupted. */
    static Object endlessly() throws InterruptedException {
        new CountDownLatch(1).await(Duration.ofMinutes(2).toMillis(), TimeUnit.MILLISECONDS);
        throw new IllegalStateException("nobody interrupted it");
    }
}
