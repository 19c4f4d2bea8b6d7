package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;

/** A command was refused where the caller asked for no refusal as a value. Nothing was changed. */
public final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    public CommandRefusedException(final Rejection rejection) {
        this(rejection, rejection.reason());
    }

    /** With what was wrong in this case. */
    public CommandRefusedException(final Rejection rejection, final String message) {
        super(rejection + ": " + message);
        this.rejection = rejection;
    }

    /** Why. */
    public Rejection rejection() {
        return rejection;
    }
}
