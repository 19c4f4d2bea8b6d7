package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Leases, in the order of asking. It does not choose fencing numbers: it is told them, and holds that they rise. */
final class NaiveLeases implements NaiveKernel.NaiveRoom {
    static final int LEASES_MAX = 4;

    static final class Claim {
        final long coordination;
        final int resource;
        final int owner;
        final boolean isShared;
        final long leaseNs;
        final NaiveDependencies.Wait wait;
        long handle;
        long fencing;
        boolean isHeld;
        long deadlineNs = Long.MAX_VALUE;

        Claim(
                final long coordination,
                final int resource,
                final int owner,
                final boolean isShared,
                final long leaseNs,
                final NaiveDependencies.Wait wait) {
            this.coordination = coordination;
            this.resource = resource;
            this.owner = owner;
            this.isShared = isShared;
            this.leaseNs = leaseNs;
            this.wait = wait;
        }
    }

    final List<Claim> claims = new ArrayList<>();
    private final NaiveKernel kernel;
    private final Map<Integer, Long> highest = new HashMap<>();

    NaiveLeases(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    /** The machine gave this number to a grant: whether it is higher than all before it on that resource. */
    boolean granted(final Claim claim, final long fencing) {
        claim.fencing = fencing;
        final Long before = highest.put(claim.resource, fencing);
        return before == null || fencing > before;
    }

    private Claim find(final long coordination, final int resource, final int owner) {
        return claims.stream()
                .filter(claim ->
                        claim.coordination == coordination && claim.resource == resource && claim.owner == owner)
                .findFirst()
                .orElse(null);
    }

    private long due(final long afterNs) {
        return afterNs == Long.MAX_VALUE ? Long.MAX_VALUE : NaiveKernel.deadline(kernel.nowNs, afterNs);
    }

    @Override
    public long nextDeadlineNs() {
        return claims.stream().mapToLong(claim -> claim.deadlineNs).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public void pulse(final long nowNs) {
        claims.removeIf(claim -> claim.deadlineNs <= nowNs);
        settle();
    }

    @Override
    public void onClosed(final long coordination) {
        claims.removeIf(claim -> claim.coordination == coordination);
        settle();
    }

    /** Whoever is not heard any more has nothing and waits for nothing. */
    void ownerSilent(final int owner) {
        for (final Claim claim : List.copyOf(claims)) {
            if (claim.owner == owner) {
                if (!claim.isHeld) {
                    claim.wait.state = "CANCELLED";
                }
                claims.remove(claim);
            }
        }
        settle();
    }

    /** Who gave up leaves the line; who comes first goes on. */
    void settle() {
        claims.removeIf(claim -> !claim.isHeld && !claim.wait.isPending());
        for (final Claim claim : claims) {
            final boolean isFirst = claims.stream()
                    .filter(other -> other.resource == claim.resource && !other.isHeld)
                    .findFirst()
                    .filter(claim::equals)
                    .isPresent();
            final boolean suits = claims.stream()
                    .filter(other -> other.resource == claim.resource && other.isHeld)
                    .allMatch(other -> other.isShared && claim.isShared);
            if (isFirst && suits) {
                claim.isHeld = true;
                claim.deadlineNs = due(claim.leaseNs);
                claim.wait.state = "RESOLVED";
            }
        }
    }

    long acquire(
            final long coordination,
            final int resource,
            final int owner,
            final int mode,
            final int flags,
            final long leaseNs,
            final long timeoutNs) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (mode < 1 || mode > 2 || flags != 0 && flags != 2) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (leaseNs <= 0 || timeoutNs <= 0) {
            return NaiveKernel.refuse(Rejection.INVALID_TIMEOUT);
        }
        if (!NaiveKernel.isName(resource) || !NaiveKernel.isName(owner)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        if (find(coordination, resource, owner) != null) {
            return NaiveKernel.refuse(Rejection.ALREADY_HELD);
        }
        if (claims.size() == LEASES_MAX || kernel.dependencies.pending() == NaiveKernel.WAITS_MAX) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        final NaiveDependencies.Wait wait =
                new NaiveDependencies.Wait(coordination, 25, resource, 0, 0, due(timeoutNs), 0);
        final Claim claim = new Claim(coordination, resource, owner, mode == 2, leaseNs, wait);
        claims.add(claim);
        settle();
        if (!claim.isHeld && flags == 2) {
            wait.state = "FAILED";
            claims.remove(claim);
        }
        final long answer = kernel.dependencies.declared(wait);
        return answer == NaiveKernel.CHOSEN ? kernel.alsoNote(handle -> claim.handle = handle) : answer;
    }

    private Rejection check(final long coordination, final int resource, final int owner, final long fencing) {
        if (!kernel.scopes.contains(coordination)) {
            return Rejection.UNKNOWN_COORDINATION;
        }
        if (!NaiveKernel.isName(resource) || !NaiveKernel.isName(owner)) {
            return Rejection.UNKNOWN_NAME;
        }
        if (claims.stream().noneMatch(claim -> claim.resource == resource && claim.isHeld)) {
            return Rejection.NOT_HELD;
        }
        final Claim claim = find(coordination, resource, owner);
        if (claim == null || !claim.isHeld) {
            return Rejection.NOT_THE_OWNER;
        }
        return claim.fencing == fencing ? null : Rejection.STALE_FENCING;
    }

    long renew(final long coordination, final int resource, final int owner, final long fencing, final long leaseNs) {
        if (kernel.scopes.contains(coordination) && leaseNs <= 0) {
            return NaiveKernel.refuse(Rejection.INVALID_TIMEOUT);
        }
        final Rejection refused = check(coordination, resource, owner, fencing);
        if (refused != null) {
            return NaiveKernel.refuse(refused);
        }
        find(coordination, resource, owner).deadlineNs = due(leaseNs);
        return 0;
    }

    long release(final long coordination, final int resource, final int owner, final long fencing) {
        final Rejection refused = check(coordination, resource, owner, fencing);
        if (refused != null) {
            return NaiveKernel.refuse(refused);
        }
        claims.remove(find(coordination, resource, owner));
        settle();
        return 0;
    }

    long releaseAll(final long coordination, final int owner) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!NaiveKernel.isName(owner)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        long held = 0;
        for (final Claim claim : List.copyOf(claims)) {
            if (claim.coordination == coordination && claim.owner == owner) {
                held += claim.isHeld ? 1 : 0;
                if (!claim.isHeld) {
                    claim.wait.state = "CANCELLED";
                }
                claims.remove(claim);
            }
        }
        settle();
        return held;
    }
}
