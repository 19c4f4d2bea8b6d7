package io.signalbox.kernel.sync;

/** What other rooms and the front door see of what agents meet at. Turn only. */
public interface SyncView {
    /** Timers of this room have this bit; the low half is a place. */
    long TIMER_TAG = 1L << 62;

    /** Timers of leases have this bit too. */
    long LEASE_TAG = 1L << 32;

    /** How the one of this name stands, or null when there is none in that coordination. */
    SyncSnapshot snapshot(long coordination, int name);

    /**
     * What the parties of a barrier brought to a generation that was released, in declared order, null in the place of one who
     * brought nothing; null when that generation is not one of the last two released.
     */
    byte[][] results(long coordination, int name, long generation);
}
