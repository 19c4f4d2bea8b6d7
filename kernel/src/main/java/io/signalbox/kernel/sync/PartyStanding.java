package io.signalbox.kernel.sync;

/** How a party of a barrier or sync point stands. The ordinal enters the digests: append only. */
public enum PartyStanding {
    /** It has not come yet. */
    AWAITED,
    /** It has arrived, or completed. */
    ARRIVED,
    /** It has ended without success. */
    FAILED;

    private static final PartyStanding[] BY_ORDINAL = values();

    /** The standing with this ordinal. */
    static PartyStanding of(final int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
