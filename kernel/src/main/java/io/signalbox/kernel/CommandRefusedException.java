package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;

/** A command was refused where the caller asked for no refusal as a value. Nothing was changed. */
public final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    public CommandRefusedException(final Rejection rejection) {
        super(rejection + ": " + rejection.reason());
        this.rejection = rejection;
    }

    /** Why. */
    public Rejection rejection() {
        return rejection;
    }
}
