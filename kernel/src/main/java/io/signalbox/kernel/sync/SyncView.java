package io.signalbox.kernel.sync;

/** What other rooms and the front door see of what agents meet at. Turn only. */
public interface SyncView {
    /** Timer id of a barrier or sync point: its place under this tag. */
    long TIMER_TAG = 1L << 57;

    /** Timer id of a lease: its place under this tag. */
    long LEASE_TIMER_TAG = 1L << 58;

    /** How the one of this name stands, or null when there is none in that coordination. */
    SyncSnapshot snapshot(long coordination, int name);

    /**
     * What the parties of a barrier brought to a generation that was released, in declared order, null in the place of one who
     * brought nothing; null when that generation is not one of the last two released.
     */
    byte[][] results(long coordination, int name, long generation);
}
