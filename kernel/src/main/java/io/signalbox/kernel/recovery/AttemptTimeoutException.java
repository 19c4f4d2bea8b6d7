package io.signalbox.kernel.recovery;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** An attempt of a recovery took longer than one may; its thread was interrupted, and what it does later counts for nothing. */
public final class AttemptTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    AttemptTimeoutException(final String what, final long limitNs) {
        super(what + " was not done within " + Duration.ofNanos(limitNs));
    }
}
