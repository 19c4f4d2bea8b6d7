package io.signalbox.kernel.recovery;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** How long one piece of user code may take, by the recovery's clock. Any thread. */
final class TimeLimit {
    private final RecoveryTimer timer;
    private final long limitNs; // 0 for none

    TimeLimit(final RecoveryTimer timer, final long limitNs) {
        this.timer = timer;
        this.limitNs = limitNs;
    }

    /**
     * Do something on this thread, which is interrupted when the time is up.
     *
     * @param what for people.
     * @param onLate told on the timer's thread when the time is up, while the work may still be under way.
     * @throws AttemptTimeoutException when the time was up, however the work ended then.
     * @throws Exception the work's.
     */
    <T> T call(final String what, final Callable<T> work, final Consumer<AttemptTimeoutException> onLate)
            throws Exception {
        if (limitNs == 0) {
            return work.call();
        }
        final Watch watch = new Watch();
        timer.after(limitNs, () -> {
            if (watch.interrupt()) {
                onLate.accept(new AttemptTimeoutException(what, limitNs));
            }
        });
        T result = null;
        Exception failure = null;
        try {
            result = work.call();
        } catch (final Exception e) {
            failure = e;
        }
        if (watch.end()) {
            throw new AttemptTimeoutException(what, limitNs);
        }
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    /** A thread while it works. The interrupt comes before its end or not at all. */
    private static final class Watch {
        private Thread thread = Thread.currentThread(); // null from the end on: an appointment holds no thread
        private boolean isLate;

        synchronized boolean interrupt() {
            isLate = thread != null;
            if (isLate) {
                thread.interrupt();
            }
            return isLate;
        }

        /** Whether it was late; then the flag is down again. */
        synchronized boolean end() {
            thread = null;
            if (isLate) {
                Thread.interrupted();
            }
            return isLate;
        }
    }
}
