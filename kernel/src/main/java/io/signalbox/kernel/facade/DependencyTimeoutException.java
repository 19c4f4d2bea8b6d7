package io.signalbox.kernel.facade;

import java.time.Duration;

/** What was waited for did not come in time. */
public final class DependencyTimeoutException extends Exception {
    private static final long serialVersionUID = 1L;

    DependencyTimeoutException(final String coordinationId, final String dependencyId, final Duration timeout) {
        super("dependency '" + dependencyId + "' of coordination '" + coordinationId + "' did not come within "
                + timeout.toMillis() + " ms");
    }
}
