package io.signalbox.kernel.facade.workflow;

/** A step asks for the result of another one which only the process had that made it, and that process is gone. It fails for good. */
public final class ResultNotKeptException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ResultNotKeptException(final String message) {
        super(message);
    }
}
