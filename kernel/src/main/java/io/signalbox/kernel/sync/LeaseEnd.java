package io.signalbox.kernel.sync;

/** Why a lease ended. The ordinal enters the digests: append only. */
public enum LeaseEnd {
    /** Its owner gave it back. */
    RELEASED,
    /** Its time was up. */
    EXPIRED,
    /** Its owner has fallen silent. */
    OWNER_SILENT,
    /** Its coordination was closed. */
    COORDINATION_CLOSED,
    /** Its owner was registered and is no longer. */
    OWNER_UNREGISTERED;

    private static final LeaseEnd[] BY_ORDINAL = values();

    /** The end with this ordinal. */
    public static LeaseEnd of(final int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
