package io.signalbox.kernel.facade;

import io.signalbox.kernel.KernelHaltedException;
import io.signalbox.kernel.wait.LightThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Says again and again that a session is needed for as long as its workflow runs, so that an agent may work longer than the session
 * lives. When the process ends nobody says so any more, and the session is forgotten.
 */
final class Keeping {
    private static final int TIMES_IN_A_LIFE = 3;

    private final CoordinationSession session;
    private final long pauseNs;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Keeping(final CoordinationSession session, final Duration timeToLive) {
        this.session = session;
        this.pauseNs = Math.max(1, timeToLive.dividedBy(TIMES_IN_A_LIFE).toNanos());
    }

    /** Begins; with a session that lives for ever, or longer than anybody runs, there is nothing to do. */
    static Keeping of(final CoordinationSession session, final Duration timeToLive) {
        final boolean isLimited = !timeToLive.isZero() && timeToLive.compareTo(Duration.ofDays(365)) < 0;
        final Keeping keeping = new Keeping(session, isLimited ? timeToLive : Duration.ZERO);
        if (isLimited) {
            LightThreads.start("keeping " + session.coordinationId(), keeping::keep);
        }
        return keeping;
    }

    private void keep() {
        try {
            while (!ended.await(pauseNs, TimeUnit.NANOSECONDS)
                    && session.coordination().keep().isAccepted()) {
                // it is kept; the next time comes
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final KernelHaltedException e) {
            ended.countDown(); // the kernel is gone, and the session with it
        }
    }

    void close() {
        ended.countDown();
    }
}
