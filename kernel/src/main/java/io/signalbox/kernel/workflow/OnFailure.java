package io.signalbox.kernel.workflow;

/** What the failure of one step means for the rest. The ordinal stands in the definition: append only. */
public enum OnFailure {
    /** What the definition's {@link OnError} says. */
    INHERIT,
    /** What needs it is cancelled, the rest goes on. */
    CANCEL_DEPENDENTS,
    /** What needs it runs with the results that are there; the run has not failed by it. */
    RUN_DEPENDENTS,
    /** The rest is cancelled, and what has succeeded is undone by its compensations. */
    COMPENSATE
}
