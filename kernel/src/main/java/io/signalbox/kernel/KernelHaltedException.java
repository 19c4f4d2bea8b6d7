package io.signalbox.kernel;

/**
 * The kernel takes no more commands: it was closed, or a broken invariant or a failed journal halted it. What had no answer yet
 * is unknown, not failed: it may have been journaled.
 */
public final class KernelHaltedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public KernelHaltedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
