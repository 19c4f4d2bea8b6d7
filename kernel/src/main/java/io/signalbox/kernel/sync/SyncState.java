package io.signalbox.kernel.sync;

/** How something that agents meet at stands. The ordinal enters the digests and the journal's facts: append only. */
public enum SyncState {
    /** A barrier that takes arrivals, a latch that is not set, a sync point that has not enough yet; a condition always. */
    OPEN,
    /** A latch that is set, a sync point that has enough. */
    READY,
    /** A barrier whose time was up before all had arrived; a sync point that so many have failed that it cannot get enough. */
    BROKEN,
    /** A sync point whose time was up. */
    EXPIRED;

    private static final SyncState[] BY_ORDINAL = values();

    /** The state with this ordinal. */
    static SyncState of(final int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
