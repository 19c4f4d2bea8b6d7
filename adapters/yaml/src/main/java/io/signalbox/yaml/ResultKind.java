package io.signalbox.yaml;

/** How a step's standard output becomes its result. */
public enum ResultKind {
    /** Text as it is, without its last newline. The default. */
    TEXT("text"),
    /** A JSON value, whose fields placeholders can reach. */
    JSON("json");

    private final String word;

    ResultKind(final String word) {
        this.word = word;
    }

    /** The word in the file. */
    public String word() {
        return word;
    }
}
