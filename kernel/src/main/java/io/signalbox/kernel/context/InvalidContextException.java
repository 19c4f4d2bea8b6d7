package io.signalbox.kernel.context;

import io.signalbox.kernel.event.Rejection;

/** A document could not be distributed, or an update not be made: the message says what is wrong with it, and where. */
public final class InvalidContextException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    /** What is wrong, and what the kernel answers to who sends it nevertheless. */
    public InvalidContextException(final Rejection rejection, final String message) {
        super(message);
        this.rejection = rejection;
    }

    /** What the kernel answers to it. */
    public Rejection rejection() {
        return rejection;
    }
}
