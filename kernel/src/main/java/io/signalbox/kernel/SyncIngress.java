package io.signalbox.kernel;

import io.signalbox.kernel.command.LeaseCommands;
import io.signalbox.kernel.command.SyncCommands;
import io.signalbox.kernel.sync.LeaseMode;
import io.signalbox.kernel.sync.LeaseRules;
import io.signalbox.kernel.sync.SyncChange;
import io.signalbox.kernel.sync.SyncKind;

/**
 * The fast path of the sync room; part of an {@link Ingress}, and of its thread. Answers as described there. Time limits are above 0 and
 * {@link Long#MAX_VALUE} for none.
 */
public final class SyncIngress {
    private final Submitter submitter;
    private final SyncCommands.Declare declare = new SyncCommands.Declare();
    private final SyncCommands.Arrive arrive = new SyncCommands.Arrive();
    private final SyncCommands.Await await = new SyncCommands.Await();
    private final SyncCommands.Change change = new SyncCommands.Change();
    private final LeaseCommands.Acquire acquire = new LeaseCommands.Acquire();
    private final LeaseCommands.Renew renew = new LeaseCommands.Renew();
    private final LeaseCommands.Release release = new LeaseCommands.Release();
    private final LeaseCommands.ReleaseAll releaseAll = new LeaseCommands.ReleaseAll();

    SyncIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    /** Declare a barrier, latch, condition or sync point; answers its first generation. See {@code SyncRules} for the flags. */
    public long declare(
            final long coordination,
            final SyncKind kind,
            final int flags,
            final int name,
            final int required,
            final long timeoutNs,
            final int... parties) {
        return submitter.submit(declare.with(coordination, kind.code(), name)
                .flags(flags)
                .required(required)
                .timeoutNs(timeoutNs)
                .parties(parties));
    }

    /** Arrive at a barrier; answers the handle of the wait for its release. */
    public long arrive(final long coordination, final int name, final int agent, final byte[] partial) {
        return submitter.submit(arrive.with(coordination, name, agent, partial));
    }

    /** Wait at one, without arriving; answers the handle of the wait, which may have ended already. */
    public long await(
            final long coordination,
            final int name,
            final int owner,
            final long afterGeneration,
            final long timeoutNs) {
        return submitter.submit(await.with(coordination, name)
                .owner(owner)
                .afterGeneration(afterGeneration)
                .timeoutNs(timeoutNs));
    }

    /** Set, reset, notify or drop; answers the generation, or how many were woken. */
    public long change(final long coordination, final int name, final SyncChange what) {
        return submitter.submit(change.with(coordination, name, what.code()));
    }

    /** Ask for a lease; answers the handle of the wait for it, which may have ended already. */
    public long acquire(
            final long coordination,
            final int resource,
            final int owner,
            final LeaseMode mode,
            final boolean atOnce,
            final long leaseNs,
            final long timeoutNs) {
        return submitter.submit(acquire.with(coordination, resource, owner, mode.code())
                .flags(atOnce ? LeaseRules.ANSWER_AT_ONCE : 0)
                .leaseNs(leaseNs)
                .timeoutNs(timeoutNs));
    }

    /** Keep a lease for {@code leaseNs} from now; answers 0. */
    public long renew(
            final long coordination, final int resource, final int owner, final long fencing, final long leaseNs) {
        return submitter.submit(renew.with(coordination, resource, owner, fencing, leaseNs));
    }

    /** Give a lease back; answers 0. */
    public long release(final long coordination, final int resource, final int owner, final long fencing) {
        return submitter.submit(release.with(coordination, resource, owner, fencing));
    }

    /** Give back everything that an owner holds in a coordination; answers how many leases it held. */
    public long releaseAll(final long coordination, final int owner) {
        return submitter.submit(releaseAll.with(coordination, owner));
    }
}
