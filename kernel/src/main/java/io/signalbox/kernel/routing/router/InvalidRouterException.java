package io.signalbox.kernel.routing.router;

/** A router cannot be made of what was given; the message names the thing, what was found and what is allowed. */
public final class InvalidRouterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidRouterException(final String message) {
        super(message);
    }
}
