package io.signalbox.kernel.composition;

/** Something cannot be put together as it is; the message says what and why. */
public final class InvalidCompositionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidCompositionException(final String message) {
        super(message);
    }

    static void unless(final boolean holds, final String message) {
        if (!holds) {
            throw new InvalidCompositionException(message);
        }
    }
}
