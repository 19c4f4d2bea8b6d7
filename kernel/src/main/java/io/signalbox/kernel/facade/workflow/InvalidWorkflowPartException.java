package io.signalbox.kernel.facade.workflow;

/** A task, step, stage, node or setting cannot be as it was given; the message says which and why. */
public final class InvalidWorkflowPartException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidWorkflowPartException(final String message) {
        super(message);
    }
}
