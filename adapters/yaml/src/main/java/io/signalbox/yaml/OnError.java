package io.signalbox.yaml;

/** What a step that has failed for good does to the steps that do not need it. */
public enum OnError {
    /** Nothing new starts, what runs is stopped. The default. */
    FAIL_FAST("fail_fast"),
    /** Everything that does not need the failed step goes on. */
    COLLECT_ALL("collect_all"),
    /** As {@link #FAIL_FAST}; then what has succeeded is undone by its {@code compensate}, the last success first. */
    COMPENSATE("compensate");

    private final String word;

    OnError(final String word) {
        this.word = word;
    }

    /** The word in the file. */
    public String word() {
        return word;
    }
}
