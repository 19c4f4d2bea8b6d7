package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.LeaseCommands;
import io.signalbox.kernel.sync.LeaseMode;
import io.signalbox.kernel.sync.LeaseSnapshot;
import java.util.Comparator;
import java.util.List;

final class RandomLeases implements RandomRoom {
    private final RandomTrial trial;

    RandomLeases(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 4;
    }

    @Override
    public void step(final String what) {
        compare(what);
        switch (trial.random.nextInt(6)) {
            case 0 -> renew(what);
            case 1 -> release(what);
            case 2 -> releaseAll(what);
            default -> acquire(what);
        }
    }

    private void acquire(final String what) {
        final long scope = trial.scope();
        final int resource = trial.random.nextInt(10) == 0 ? trial.name() : 1 + trial.random.nextInt(2);
        final int owner = trial.name();
        final int mode = trial.random.nextInt(12) == 0 ? 3 : 1 + trial.random.nextInt(2);
        final int flags = trial.random.nextInt(4) == 0 ? 1 + trial.random.nextInt(2) : 0;
        final long leaseNs = trial.limitNs();
        final long timeoutNs = trial.limitNs();
        final long answer = trial.apply(new LeaseCommands.Acquire()
                .with(scope, resource, owner, mode)
                .flags(flags)
                .leaseNs(leaseNs)
                .timeoutNs(timeoutNs));
        trial.expect(what, trial.naive.leases.acquire(scope, resource, owner, mode, flags, leaseNs, timeoutNs), answer);
        trial.noteWait(answer);
    }

    private NaiveLeases.Claim known() {
        final List<NaiveLeases.Claim> claims = trial.naive.leases.claims;
        return claims.isEmpty() || trial.random.nextInt(6) == 0
                ? null
                : claims.get(trial.random.nextInt(claims.size()));
    }

    private void renew(final String what) {
        final NaiveLeases.Claim claim = known();
        final long scope = claim == null ? trial.scope() : claim.coordination;
        final int resource = claim == null ? trial.name() : claim.resource;
        final int owner = claim == null ? trial.name() : claim.owner;
        final long fencing = claim == null || trial.random.nextInt(6) == 0 ? 1 : claim.fencing;
        final long leaseNs = trial.limitNs();
        final long answer = trial.apply(new LeaseCommands.Renew().with(scope, resource, owner, fencing, leaseNs));
        trial.expect(what, trial.naive.leases.renew(scope, resource, owner, fencing, leaseNs), answer);
    }

    private void release(final String what) {
        final NaiveLeases.Claim claim = known();
        final long scope = claim == null ? trial.scope() : claim.coordination;
        final int resource = claim == null ? trial.name() : claim.resource;
        final int owner = claim == null ? trial.name() : claim.owner;
        final long fencing = claim == null || trial.random.nextInt(6) == 0 ? 1 : claim.fencing;
        final long answer = trial.apply(new LeaseCommands.Release().with(scope, resource, owner, fencing));
        trial.expect(what, trial.naive.leases.release(scope, resource, owner, fencing), answer);
    }

    private void releaseAll(final String what) {
        final long scope = trial.scope();
        final int owner = trial.name();
        final long answer = trial.apply(new LeaseCommands.ReleaseAll().with(scope, owner));
        trial.expect(what, trial.naive.leases.releaseAll(scope, owner), answer);
    }

    @Override
    public void compare(final String what) {
        final List<LeaseSnapshot> snapshots = trial.machine.leases().snapshots();
        final List<NaiveLeases.Claim> claims = trial.naive.leases.claims;
        assertThat(snapshots).as(what).hasSameSizeAs(claims);
        for (int i = 0; i < claims.size(); i++) {
            final NaiveLeases.Claim claim = claims.get(i);
            final LeaseSnapshot snapshot = snapshots.get(i);
            assertThat(snapshot.handle()).as(what).isEqualTo(claim.handle);
            assertThat(snapshot.resource()).as(what).isEqualTo(claim.resource);
            assertThat(snapshot.owner()).as(what).isEqualTo(claim.owner);
            assertThat(snapshot.mode() == LeaseMode.SHARED).as(what).isEqualTo(claim.isShared);
            assertThat(snapshot.isHeld()).as(what).isEqualTo(claim.isHeld);
            assertThat(snapshot.deadlineNs()).as(what).isEqualTo(claim.deadlineNs);
        }
        snapshots.stream()
                .filter(LeaseSnapshot::isHeld)
                .sorted(Comparator.comparingLong(LeaseSnapshot::fencing))
                .forEach(snapshot -> learn(what, snapshot));
    }

    private void learn(final String what, final LeaseSnapshot snapshot) {
        final NaiveLeases.Claim claim = trial.naive.leases.claims.stream()
                .filter(known -> known.handle == snapshot.handle())
                .findFirst()
                .orElseThrow();
        if (claim.fencing == 0) {
            assertThat(trial.naive.leases.granted(claim, snapshot.fencing()))
                    .as("%s: fencing numbers rise", what)
                    .isTrue();
        }
        assertThat(snapshot.fencing()).as(what).isEqualTo(claim.fencing);
    }
}
