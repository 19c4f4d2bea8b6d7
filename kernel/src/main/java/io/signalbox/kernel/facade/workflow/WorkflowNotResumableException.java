package io.signalbox.kernel.facade.workflow;

/**
 * What was given cannot go on with what an earlier process left: there is nothing of that id, there are several, or its steps are others. Nothing was done; the steps stay
 * open until somebody comes who can, or their time is up.
 */
public final class WorkflowNotResumableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    WorkflowNotResumableException(final String message) {
        super(message);
    }
}
