package io.signalbox.kernel.sync;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.dependency.DeclaredWaits;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;

/**
 * Asking for leases, renewing and giving back: check, then record. And what follows: whoever is first in the queue gets what has
 * become free, in the same turn.
 */
public final class LeaseRules {
    /** Answer at once, do not wait. */
    public static final int ANSWER_AT_ONCE = 2;

    private final Leases leases;
    private final DeclaredWaits waits;
    private final NameTable names;
    private final Recorder recorder;

    public LeaseRules(final Leases leases, final DeclaredWaits waits, final NameTable names, final Recorder recorder) {
        this.leases = leases;
        this.waits = waits;
        this.names = names;
        this.recorder = recorder;
    }

    /**
     * Answers the handle of the wait for it, which has ended already when the lease is granted at once.
     *
     * @param leaseNs how long it is granted for, above 0, {@link Long#MAX_VALUE} for without a limit.
     * @param timeoutNs how long to wait for it, as {@code leaseNs}.
     */
    public long acquire(
            final long coordination,
            final int resource,
            final int owner,
            final int modeCode,
            final int flags,
            final long leaseNs,
            final long timeoutNs) {
        final LeaseMode mode = LeaseMode.of(modeCode);
        if (mode == null || (flags & ~ANSWER_AT_ONCE) != 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (leaseNs <= 0 || timeoutNs <= 0) {
            return Rejection.INVALID_TIMEOUT.answer();
        }
        if (!isName(resource) || !isName(owner)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (leases.find(coordination, resource, owner) != null) {
            return Rejection.ALREADY_HELD.answer();
        }
        if (leases.isFull() || waits.isFull()) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final long handle = waits.declare(DependencyKind.LEASE, coordination, owner, resource, 0, timeoutNs);
        recorder.record(FactType.LEASE_ASKED, modeCode, coordination, handle, Fact.pair(resource, owner), leaseNs, 0);
        final Lease lease = leases.byHandle(handle);
        if (isNext(lease)) {
            grant(lease);
        } else if ((flags & ANSWER_AT_ONCE) != 0) {
            withdraw(lease);
            waits.conclude(handle, DependencyState.FAILED);
        }
        return handle;
    }

    private boolean isName(final int id) {
        return id > 0 && id <= names.size();
    }

    private boolean isNext(final Lease lease) {
        final Leases.Resource resource = leases.resource(lease.resource);
        return resource.queue.firstEntry().getValue() == lease && resource.admits(lease);
    }

    private void grant(final Lease lease) {
        recorder.record(
                FactType.LEASE_GRANTED,
                0,
                lease.coordination,
                lease.handle,
                Fact.pair(lease.resource, lease.owner),
                DeadlineQueue.due(recorder.timestampNs(), lease.leaseNs),
                0);
        waits.conclude(lease.handle, DependencyState.RESOLVED);
    }

    private void withdraw(final Lease lease) {
        final long who = Fact.pair(lease.resource, lease.owner);
        recorder.record(FactType.LEASE_WITHDRAWN, 0, lease.coordination, lease.handle, who, 0, 0);
    }

    private void end(final Lease lease, final LeaseEnd why) {
        final long who = Fact.pair(lease.resource, lease.owner);
        recorder.record(FactType.LEASE_ENDED, why.ordinal(), lease.coordination, lease.handle, who, 0, 0);
    }

    /**
     * Answers 0. The lease is good for another {@code leaseNs} from now.
     *
     * @param leaseNs above 0, {@link Long#MAX_VALUE} for without a limit.
     */
    public long renew(
            final long coordination, final int resource, final int owner, final long fencing, final long leaseNs) {
        if (leaseNs <= 0) {
            return Rejection.INVALID_TIMEOUT.answer();
        }
        final Rejection refused = check(coordination, resource, owner, fencing);
        if (refused != null) {
            return refused.answer();
        }
        final long handle = leases.find(coordination, resource, owner).handle;
        final long deadlineNs = DeadlineQueue.due(recorder.timestampNs(), leaseNs);
        final long who = Fact.pair(resource, owner);
        recorder.record(FactType.LEASE_RENEWED, 0, coordination, handle, who, deadlineNs, 0);
        return 0;
    }

    /** Answers 0. */
    public long release(final long coordination, final int resource, final int owner, final long fencing) {
        final Rejection refused = check(coordination, resource, owner, fencing);
        if (refused != null) {
            return refused.answer();
        }
        end(leases.find(coordination, resource, owner), LeaseEnd.RELEASED);
        return 0;
    }

    private Rejection check(final long coordination, final int resource, final int owner, final long fencing) {
        if (!isName(resource) || !isName(owner)) {
            return Rejection.UNKNOWN_NAME;
        }
        final Leases.Resource leased = leases.resource(resource);
        if (leased == null || leased.holders.isEmpty()) {
            return Rejection.NOT_HELD;
        }
        final Lease lease = leases.find(coordination, resource, owner);
        if (lease == null || !lease.isHeld()) {
            return Rejection.NOT_THE_OWNER;
        }
        return lease.fencing == fencing ? null : Rejection.STALE_FENCING;
    }

    /** Answers how many leases the owner held in the coordination; all of them end, and its waits for others are given up. */
    public long releaseAll(final long coordination, final int owner) {
        if (!isName(owner)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        long held = 0;
        boolean isAny = false;
        for (Lease lease = leases.ofOwnerBehind(owner, -1);
                lease != null;
                lease = leases.ofOwnerBehind(owner, lease.number)) {
            isAny |= lease.coordination == coordination;
            held += lease.coordination == coordination && lease.isHeld() ? 1 : 0;
        }
        if (isAny) {
            recorder.record(FactType.LEASES_RELEASED, 0, coordination, owner, 0, 0, 0);
        }
        return held;
    }

    /** The time of a lease is up. */
    public void expire(final int slot) {
        end(leases.at(slot), LeaseEnd.EXPIRED);
    }

    // ------------------------------------------------------------------ what follows

    /** LEASES_RELEASED: whether all of them have ended; else call again in a later turn. */
    public boolean onReleasedAll(final Fact fact) {
        return endAll((int) fact.a(), fact.coordination(), LeaseEnd.RELEASED);
    }

    /**
     * An owner is gone: it holds nothing any more and waits for nothing, in any coordination.
     *
     * @param owner name id of the agent.
     * @param why it is gone.
     * @return whether all its leases have ended; else call again in a later turn.
     */
    public boolean onOwnerGone(final int owner, final LeaseEnd why) {
        return endAll(owner, EVERYWHERE, why);
    }

    private static final long EVERYWHERE = -1;

    private boolean endAll(final int owner, final long coordination, final LeaseEnd why) {
        Lease lease = leases.ofOwnerBehind(owner, -1);
        while (lease != null) {
            if (coordination == EVERYWHERE || coordination == lease.coordination) {
                if (!recorder.hasRoom()) {
                    return false;
                }
                giveUp(lease, why);
            }
            lease = leases.ofOwnerBehind(owner, lease.number);
        }
        return true;
    }

    /** COORDINATION_CLOSED: whether all its leases have ended; else call again in a later turn. */
    public boolean onCoordinationClosed(final Fact fact) {
        final int scope = CoordinationView.slotOf(fact.coordination());
        Lease lease = leases.ofScopeBehind(scope, -1);
        while (lease != null) {
            if (lease.coordination == fact.coordination()) {
                if (!recorder.hasRoom()) {
                    return false;
                }
                giveUp(lease, LeaseEnd.COORDINATION_CLOSED);
            }
            lease = leases.ofScopeBehind(scope, lease.number);
        }
        return true;
    }

    private void giveUp(final Lease lease, final LeaseEnd why) {
        if (lease.isHeld()) {
            end(lease, why);
            return;
        }
        withdraw(lease);
        if (waits.isPending(lease.handle)) {
            waits.conclude(lease.handle, DependencyState.CANCELLED);
        }
    }

    /** DEPENDENCY_CANCELLED, DEPENDENCY_EXPIRED: a wait for a lease that was given up leaves the queue. */
    public void onWaitEnded(final Fact fact) {
        final Lease lease = leases.byHandle(fact.dependency());
        if (lease != null && !lease.isHeld()) {
            withdraw(lease);
        }
    }

    /** LEASE_ENDED, LEASE_WITHDRAWN: whether all who can go on now have got theirs; else call again in a later turn. */
    public boolean onPlaceFree(final Fact fact) {
        final int name = (int) (fact.b() >>> 32);
        Leases.Resource resource = leases.resource(name);
        while (resource != null && !resource.queue.isEmpty()) {
            final Lease next = resource.queue.firstEntry().getValue();
            final boolean isWaiting = waits.isPending(next.handle);
            if (isWaiting && !resource.admits(next)) {
                return true;
            }
            if (!recorder.hasRoom()) {
                return false;
            }
            if (isWaiting) {
                grant(next);
            } else {
                withdraw(next);
            }
            resource = leases.resource(name);
        }
        return true;
    }
}
