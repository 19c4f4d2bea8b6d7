package io.signalbox.cli.engine;

/**
 * What somebody wants of a run from outside.
 *
 * @param kind what
 * @param step the step it is about; empty for the run
 * @param comment what is said with it, which becomes the step's result; may be empty
 */
public record RunAsk(Kind kind, String step, String comment) {
    /** What can be wanted. */
    public enum Kind {
        /** A step that asks succeeds. */
        APPROVE,
        /** A step that asks fails. */
        REJECT,
        /** The run ends, everything open in it is cancelled. */
        CANCEL
    }
}
