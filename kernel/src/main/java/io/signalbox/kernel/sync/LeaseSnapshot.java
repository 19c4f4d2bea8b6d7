package io.signalbox.kernel.sync;

/**
 * A lease as it stood between two turns.
 *
 * @param handle of the wait by which it was asked for.
 * @param coordination it belongs to.
 * @param resource id of the name of what is leased.
 * @param owner id of the name of who asked for it.
 * @param mode whether others may hold it too.
 * @param fencing number of the grant, rising with each grant; 0 while it waits.
 * @param deadlineNs kernel time at which it expires, {@link Long#MAX_VALUE} for never and while it waits.
 */
public record LeaseSnapshot(
        long handle, long coordination, int resource, int owner, LeaseMode mode, long fencing, long deadlineNs) {
    /** Whether it is held; else it waits for its turn. */
    public boolean isHeld() {
        return fencing != 0;
    }
}
