package io.signalbox.kernel;

import io.signalbox.kernel.sync.LeaseMode;
import io.signalbox.kernel.sync.LeaseSnapshot;

/**
 * A lease as it stood between two turns.
 *
 * @param resource what is leased.
 * @param owner who holds it, or waits for it.
 * @param mode whether others may hold it too.
 * @param fencing number of the grant; each grant has a higher one than all before it. 0 while it waits.
 * @param deadlineNs kernel time at which it expires, {@link Long#MAX_VALUE} for never and while it waits.
 */
public record LeaseStatus(String resource, String owner, LeaseMode mode, long fencing, long deadlineNs) {
    /** Whether it is held; else it waits for its turn. */
    public boolean isHeld() {
        return fencing != 0;
    }

    static LeaseStatus of(final Kernel kernel, final LeaseSnapshot lease) {
        return new LeaseStatus(
                kernel.name(lease.resource()),
                kernel.name(lease.owner()),
                lease.mode(),
                lease.fencing(),
                lease.deadlineNs());
    }
}
