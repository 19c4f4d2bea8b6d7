package io.signalbox.kernel.context;

/** How an attempt ended. The code enters the digests: append only. */
public enum AttemptEnd {
    /** With a completion that met everything. */
    SUCCEEDED,
    /** With a failed completion. */
    FAILED,
    /** Given back, without a completion that was required. */
    RELEASED;

    private static final AttemptEnd[] BY_CODE = values();

    /** The end with this code. */
    public static AttemptEnd of(final int code) {
        return BY_CODE[code];
    }
}
