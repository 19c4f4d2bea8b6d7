package io.signalbox.yaml;

/** What the failure of one step means for the rest, when it is not what {@link OnError} says. */
public enum OnFailure {
    /** What needs it is cancelled, the rest goes on. */
    CANCEL_DEPENDENTS("cancel_dependents"),
    /** What needs it runs with the results that are there. */
    RUN_DEPENDENTS("run_dependents"),
    /** Everything is stopped, and what has succeeded is undone. */
    COMPENSATE("compensate");

    private final String word;

    OnFailure(final String word) {
        this.word = word;
    }

    /** The word in the file. */
    public String word() {
        return word;
    }
}
