package io.signalbox.kernel;

import io.signalbox.kernel.sync.LeaseSnapshot;
import java.time.Duration;

/**
 * A lease that was asked for, and the wait for it. Any thread.
 *
 * <p>Who holds a lease may believe so a little longer than it is true: its thread was stopped, its time was up meanwhile, another has
 * it. Therefore each grant has a fencing number, higher than all before it: give it along with what you write, and let the place
 * where you write refuse a lower number than it has seen.
 */
public final class Lease {
    private final Kernel kernel;
    private final Coordination coordination;
    private final String resource;
    private final String owner;
    private final Dependency grant;

    Lease(
            final Kernel kernel,
            final Coordination coordination,
            final String resource,
            final String owner,
            final Dependency grant) {
        this.kernel = kernel;
        this.coordination = coordination;
        this.resource = resource;
        this.owner = owner;
        this.grant = grant;
    }

    /** What is leased. */
    public String resource() {
        return resource;
    }

    /** Who asked for it. */
    public String owner() {
        return owner;
    }

    /** The wait for it; to cancel it is to leave the line. */
    public Dependency grant() {
        return grant;
    }

    /** Wait until it is granted. */
    public Outcome await() {
        return grant.await();
    }

    /** As {@link #await()}, at most so long; it goes on standing in line. */
    public Outcome await(final Duration patience) {
        return grant.await(patience);
    }

    /** Whether it is held now. Asked between two turns; it may be over the moment after. */
    public boolean isHeld() {
        return fencing() != 0;
    }

    /** Number of the grant, 0 while it waits and when it has ended. Asked between two turns. */
    public long fencing() {
        final LeaseSnapshot now = snapshot();
        return now == null ? 0 : now.fencing();
    }

    /** How it stands, null when it has ended or never was. Asked between two turns. */
    public LeaseStatus status() {
        final LeaseSnapshot now = snapshot();
        return now == null ? null : LeaseStatus.of(kernel, now);
    }

    private LeaseSnapshot snapshot() {
        return grant.handle() < 0
                ? null
                : kernel.query(() -> kernel.machine().leases().snapshot(grant.handle()));
    }

    /**
     * Keep it for so long from now.
     *
     * @param fencing the number with which it was granted.
     */
    public Receipt renew(final long fencing, final Duration leaseTime) {
        final int resourceId = kernel.nameId(resource);
        final int ownerId = kernel.nameId(owner);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(
                ingress,
                ingress.syncs().renew(coordination.handle(), resourceId, ownerId, fencing, Durations.nanos(leaseTime)));
    }

    /**
     * Give it back: the next in line has it in the same turn.
     *
     * @param fencing the number with which it was granted.
     */
    public Receipt release(final long fencing) {
        final int resourceId = kernel.nameId(resource);
        final int ownerId = kernel.nameId(owner);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.syncs().release(coordination.handle(), resourceId, ownerId, fencing));
    }
}
