package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.workflow.Superfluous;

/** What becomes of nodes that can no longer change the outcome. When the time is up they are cancelled in any case. */
public enum CancellationPolicy {
    /** They go on, and the outcome waits for them. */
    WAIT_ALL(Superfluous.AWAIT),
    /** They are cancelled and their threads interrupted; the outcome is there at once. */
    CANCEL_REMAINING(Superfluous.CANCEL);

    private final Superfluous superfluous;

    CancellationPolicy(final Superfluous superfluous) {
        this.superfluous = superfluous;
    }

    Superfluous superfluous() {
        return superfluous;
    }
}
