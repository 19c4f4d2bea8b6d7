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
    public List<NaiveKernel.Timer> timers() {
        return claims.stream()
                .map(claim -> new NaiveKernel.Timer(claim.deadlineNs, 4, 0, () -> end(claim)))
                .toList();
    }

    @Override
    public void onClosed(final long coordination) {
        List.copyOf(claims).stream()
                .filter(claim -> claim.coordination == coordination)
                .forEach(this::end);
    }

    /** A wait was given up: if it was for a lease, who waited leaves the line. */
    void onWaitEnded(final NaiveDependencies.Wait wait) {
        List.copyOf(claims).stream()
                .filter(claim -> claim.wait == wait && !claim.isHeld)
                .forEach(this::end);
    }

    private void end(final Claim claim) {
        claims.remove(claim);
        kernel.then(() -> settle(claim.resource));
    }

    /** Whoever is not heard any more, or not registered, has nothing and waits for nothing. */
    void ownerGone(final int owner) {
        for (final Claim claim : List.copyOf(claims)) {
            if (claim.owner == owner) {
                giveUp(claim);
            }
        }
    }

    private void giveUp(final Claim claim) {
        end(claim);
        if (!claim.isHeld && claim.wait.isPending()) {
            kernel.dependencies.end(claim.wait, "CANCELLED");
        }
    }

    /** Who gave up leaves the line; who comes first goes on. */
    private void settle(final int resource) {
        claims.removeIf(claim -> claim.resource == resource && !claim.isHeld && !claim.wait.isPending());
        final List<Claim> line =
                claims.stream().filter(claim -> claim.resource == resource).toList();
        for (final Claim claim : line) {
            final boolean isFirst = line.stream()
                    .filter(other -> !other.isHeld)
                    .findFirst()
                    .filter(claim::equals)
                    .isPresent();
            final boolean suits =
                    line.stream().filter(other -> other.isHeld).allMatch(other -> other.isShared && claim.isShared);
            if (isFirst && suits) {
                claim.isHeld = true;
                claim.deadlineNs = due(claim.leaseNs);
                kernel.dependencies.end(claim.wait, "RESOLVED");
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
        if (claims.size() == kernel.sized(LEASES_MAX)
                || kernel.dependencies.pending() == kernel.sized(NaiveKernel.WAITS_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        final NaiveDependencies.Wait wait =
                new NaiveDependencies.Wait(coordination, 25, resource, owner, due(timeoutNs));
        final Claim claim = new Claim(coordination, resource, owner, mode == 2, leaseNs, wait);
        claims.add(claim);
        settle(resource);
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
        end(find(coordination, resource, owner));
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
                giveUp(claim);
            }
        }
        return held;
    }
}
