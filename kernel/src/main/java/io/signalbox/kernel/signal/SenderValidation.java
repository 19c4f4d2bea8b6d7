package io.signalbox.kernel.signal;

/** What a coordination does with a signal whose sender nobody knows. The order enters the journal. */
public enum SenderValidation {
    /** Senders are not looked at. The default. */
    OFF,
    /** The signal is raised, the doubt recorded and counted. */
    WARN,
    /** The signal is refused: {@code UNKNOWN_SENDER}. */
    REFUSE;

    private static final SenderValidation[] BY_ORDINAL = values();

    static SenderValidation of(final int ordinal) {
        return ordinal >= 0 && ordinal < BY_ORDINAL.length ? BY_ORDINAL[ordinal] : null;
    }
}
