package io.signalbox.kernel.recovery;

/** What kind of thing went wrong, and what is usually done about it. */
public enum ErrorType {
    /** Text that should be code is none. */
    SYNTAX("syntax", RecoveryStrategy.ERROR_CORRECTION),
    /** A module or class is not there. */
    IMPORT("import", RecoveryStrategy.ALTERNATIVE_PATH),
    /** Something does not suit its rules. */
    VALIDATION("validation", RecoveryStrategy.GRACEFUL_DEGRADATION),
    /** Everything that none of the others is. */
    RUNTIME("runtime", RecoveryStrategy.RETRY),
    /** A template cannot be filled in. */
    TEMPLATE("template", RecoveryStrategy.ALTERNATIVE_PATH),
    /** Too few have agreed. */
    QUORUM("quorum", RecoveryStrategy.RETRY),
    /** It took too long. */
    TIMEOUT("timeout", RecoveryStrategy.RETRY),
    /** Memory, places or space are used up. */
    RESOURCE("resource", RecoveryStrategy.RETRY),
    /** What it depends on did not come. */
    DEPENDENCY("dependency", RecoveryStrategy.RETRY),
    /** Nothing but a text is known, and it says nothing. */
    UNKNOWN("unknown", RecoveryStrategy.RETRY);

    private final String word;
    private final String usualStrategy;

    ErrorType(final String word, final String usualStrategy) {
        this.word = word;
        this.usualStrategy = usualStrategy;
    }

    /** Its name in results, signals and statistics. */
    public String word() {
        return word;
    }

    /** Name of the strategy that is tried first when no pattern says otherwise. */
    public String usualStrategy() {
        return usualStrategy;
    }

    /**
     * The type of a word.
     *
     * @throws IllegalArgumentException when there is none.
     */
    public static ErrorType of(final String word) {
        for (final ErrorType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no error type is called '" + word + "'");
    }
}
