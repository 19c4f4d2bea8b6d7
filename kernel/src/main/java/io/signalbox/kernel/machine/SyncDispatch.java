package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.AcquireLeaseDecoder;
import io.signalbox.kernel.command.codec.ArriveAtBarrierDecoder;
import io.signalbox.kernel.command.codec.AwaitSyncDecoder;
import io.signalbox.kernel.command.codec.ChangeSyncDecoder;
import io.signalbox.kernel.command.codec.DeclareSyncDecoder;
import io.signalbox.kernel.command.codec.ReleaseLeaseDecoder;
import io.signalbox.kernel.command.codec.ReleaseLeasesDecoder;
import io.signalbox.kernel.command.codec.RenewLeaseDecoder;
import io.signalbox.kernel.sync.LeaseRules;
import io.signalbox.kernel.sync.SyncRules;

/** Reads the commands of the sync room. */
final class SyncDispatch {
    private final SyncRules rules;
    private final LeaseRules leaseRules;
    private final int payloadLengthMax;
    private final DeclareSyncDecoder declareSync = new DeclareSyncDecoder();
    private final ArriveAtBarrierDecoder arriveAtBarrier = new ArriveAtBarrierDecoder();
    private final AwaitSyncDecoder awaitSync = new AwaitSyncDecoder();
    private final ChangeSyncDecoder changeSync = new ChangeSyncDecoder();
    private final AcquireLeaseDecoder acquireLease = new AcquireLeaseDecoder();
    private final RenewLeaseDecoder renewLease = new RenewLeaseDecoder();
    private final ReleaseLeaseDecoder releaseLease = new ReleaseLeaseDecoder();
    private final ReleaseLeasesDecoder releaseLeases = new ReleaseLeasesDecoder();

    SyncDispatch(final Rules rules, final MachineLimits limits) {
        this.rules = rules.syncs;
        this.leaseRules = rules.leases;
        this.payloadLengthMax = limits.payloadLengthMax();
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case DECLARE_SYNC -> declare(coordination, command, Body.of(command, declareSync));
            case ARRIVE_AT_BARRIER -> arrive(coordination, Body.of(command, arriveAtBarrier));
            case AWAIT_SYNC -> await(coordination, Body.of(command, awaitSync));
            case CHANGE_SYNC -> {
                Body.of(command, changeSync);
                yield rules.change(coordination, changeSync.name(), changeSync.change());
            }
            case ACQUIRE_LEASE -> acquire(coordination, Body.of(command, acquireLease));
            case RENEW_LEASE -> renew(coordination, Body.of(command, renewLease));
            case RELEASE_LEASE -> release(coordination, Body.of(command, releaseLease));
            case RELEASE_LEASES ->
                leaseRules.releaseAll(
                        coordination, Body.of(command, releaseLeases).owner());
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long declare(final long coordination, final CommandView command, final DeclareSyncDecoder body) {
        final int length = body.partiesLength();
        final int from = command.offset() + body.limit() + Body.LENGTH_OF_LENGTH;
        return rules.declare(
                coordination,
                body.kind(),
                body.flags(),
                body.name(),
                body.required(),
                body.timeoutNs(),
                command.bytes(),
                from,
                Body.range(body, length));
    }

    private long arrive(final long coordination, final ArriveAtBarrierDecoder body) {
        final int length = body.partialLength();
        return length > payloadLengthMax
                ? Body.tooLong()
                : rules.arrive(coordination, body.name(), body.agent(), Body.range(body, length));
    }

    private long await(final long coordination, final AwaitSyncDecoder body) {
        return rules.await(coordination, body.name(), body.owner(), body.afterGeneration(), body.timeoutNs());
    }

    private long acquire(final long coordination, final AcquireLeaseDecoder body) {
        return leaseRules.acquire(
                coordination,
                body.resource(),
                body.owner(),
                body.mode(),
                body.flags(),
                body.leaseNs(),
                body.timeoutNs());
    }

    private long renew(final long coordination, final RenewLeaseDecoder body) {
        return leaseRules.renew(coordination, body.resource(), body.owner(), body.fencing(), body.leaseNs());
    }

    private long release(final long coordination, final ReleaseLeaseDecoder body) {
        return leaseRules.release(coordination, body.resource(), body.owner(), body.fencing());
    }
}
