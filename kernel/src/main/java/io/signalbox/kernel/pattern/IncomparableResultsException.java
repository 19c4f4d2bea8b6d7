package io.signalbox.kernel.pattern;

/** Results that do not go together; the message says whose and why. */
public final class IncomparableResultsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    IncomparableResultsException(final String message) {
        super(message);
    }
}
