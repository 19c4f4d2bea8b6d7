package io.signalbox.kernel.workflow;

/** A definition cannot run as it is; the message says which step and why. */
public final class InvalidWorkflowException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidWorkflowException(final String message) {
        super(message);
    }
}
