package io.signalbox.kernel;

import static io.signalbox.kernel.sync.LeaseMode.EXCLUSIVE;
import static io.signalbox.kernel.sync.LeaseMode.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases through the front door, with a clock of our own. */
@Timeout(60)
class LeaseTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock(1_000_000_000L);
    private Kernel kernel;
    private Coordination task;
    private CoordinationSync sync;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(
                KernelConfig.standard().withThreading(Threading.INVOKER).withClock(clock));
        task = kernel.coordination("task-1");
        sync = task.sync();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void later(final Duration after) {
        clock.moveTo(clock.wallClockNs() + clock.nanoTime() + after.toNanos());
        kernel.pulse();
    }

    @Test
    @Conforms("T-OLOCK-01")
    void shouldLeaseWhatIsFreeAndTellWhoHoldsItHow() {
        final Lease lease = sync.tryLease("file:src/a.py", "ann", EXCLUSIVE, SECOND);
        assertThat(lease.await().isResolved()).isTrue();
        assertThat(lease.isHeld()).isTrue();
        assertThat(sync.isLeased("file:src/a.py")).isTrue();
        assertThat(lease.status())
                .isEqualTo(new LeaseStatus(
                        "file:src/a.py", "ann", EXCLUSIVE, lease.fencing(), kernel.nowNs() + SECOND.toNanos()));
    }

    @Test
    @Conforms("T-OLOCK-02")
    void shouldRefuseAtOnceWhatAnotherHolds() {
        sync.tryLease("file", "ann", EXCLUSIVE, SECOND);
        final Lease other = kernel.coordination("task-2").sync().tryLease("file", "ben", EXCLUSIVE, SECOND);
        assertThat(other.await()).isInstanceOf(Outcome.Failed.class);
        assertThat(other.status()).isNull();
    }

    @Test
    @Conforms("T-OLOCK-03")
    void shouldShare() {
        assertThat(sync.tryLease("file", "ann", SHARED, SECOND).await().isResolved())
                .isTrue();
        assertThat(sync.tryLease("file", "ben", SHARED, SECOND).await().isResolved())
                .isTrue();
        assertThat(sync.tryLease("file", "cho", EXCLUSIVE, SECOND).await()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    @Conforms("T-OLOCK-05")
    void shouldLeaseAgainWhatWasGivenBack() {
        final Lease first = sync.tryLease("file", "ann", EXCLUSIVE, SECOND);
        final long fencing = first.fencing();
        assertThat(first.release(fencing).isAccepted()).isTrue();
        assertThat(sync.isLeased("file")).isFalse();
        final Lease second = sync.tryLease("file", "ben", EXCLUSIVE, SECOND);
        assertThat(second.fencing()).isGreaterThan(fencing);
    }

    @Test
    @Conforms("T-OLOCK-06")
    void shouldGiveBackEverythingOfAnOwnerAtOnce() {
        sync.tryLease("a", "ann", EXCLUSIVE, SECOND);
        sync.tryLease("b", "ann", SHARED, SECOND);
        assertThat(sync.releaseLeases("ann").value()).isEqualTo(2);
        assertThat(sync.leases()).isEmpty();
        assertThat(sync.releaseLeases("ann").value()).isZero();
    }

    @Test
    @Conforms({"T-OLOCK-07", "GAP-SYNC-7"})
    void shouldExpireByItself() {
        final Lease lease = sync.tryLease("file", "ann", EXCLUSIVE, SECOND);
        final long fencing = lease.fencing();
        later(SECOND);
        assertThat(lease.isHeld()).isFalse();
        assertThat(sync.leases()).isEmpty();
        assertThat(lease.renew(fencing, SECOND).rejection()).isEqualTo(Rejection.NOT_HELD);
    }

    @Test
    @Conforms("T-OLOCK-09")
    void shouldListLeasesByTaskAndByAgent() {
        final Lease a = sync.tryLease("a", "ann", EXCLUSIVE, SECOND);
        sync.tryLease("b", "ann", SHARED, SECOND);
        kernel.coordination("task-2").sync().tryLease("c", "ben", EXCLUSIVE, SECOND);
        assertThat(sync.leases()).hasSize(2);
        assertThat(sync.leases().stream().filter(lease -> lease.owner().equals("ann")))
                .hasSize(2);
        a.release(a.fencing());
        assertThat(sync.leases()).extracting(LeaseStatus::resource).containsExactly("b");
    }

    @Test
    @Conforms("GAP-SYNC-8")
    void shouldWaitInLineAndHaveItInTheTurnThatFreesIt() {
        final Lease first = sync.acquireLease("file", "ann", EXCLUSIVE, SECOND);
        final Lease second = sync.acquireLease("file", "ben", EXCLUSIVE, SECOND);
        final Lease third = sync.acquireLease("file", "cho", EXCLUSIVE, SECOND, SECOND);
        assertThat(second.grant().poll()).isEqualTo(new Outcome.TimedOut());
        assertThat(second.status().isHeld()).isFalse();

        second.grant().cancel();
        final Receipt released = first.release(first.fencing());

        assertThat(second.await()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(third.await()).isEqualTo(new Outcome.Resolved(released.position()));
    }

    @Test
    void shouldRenewForTheOwnerWithTheRightNumberOnly() {
        final Lease lease = sync.acquireLease("file", "ann", EXCLUSIVE, SECOND);
        final long fencing = lease.fencing();
        final Lease waiting = sync.acquireLease("file", "ben", EXCLUSIVE, SECOND);
        assertThat(waiting.renew(fencing, SECOND).rejection()).isEqualTo(Rejection.NOT_THE_OWNER);
        assertThat(lease.renew(fencing - 1, SECOND).rejection()).isEqualTo(Rejection.STALE_FENCING);
        assertThat(lease.renew(fencing, Duration.ZERO).rejection()).isEqualTo(Rejection.INVALID_TIMEOUT);
        assertThat(lease.release(fencing + 1).rejection()).isEqualTo(Rejection.STALE_FENCING);
        later(Duration.ofMillis(900));
        assertThat(lease.renew(fencing, SECOND).isAccepted()).isTrue();
        later(Duration.ofMillis(900));
        assertThat(lease.isHeld()).isTrue();
        later(Duration.ofMillis(100));
        assertThat(lease.isHeld()).isFalse();
        assertThat(waiting.isHeld()).isTrue();
        assertThat(lease.renew(fencing, SECOND).rejection()).isEqualTo(Rejection.NOT_THE_OWNER);
    }

    @Test
    void shouldNameEachRefusalOfALease() {
        assertThat(sync.tryLease("file", "ann", EXCLUSIVE, Duration.ZERO).await())
                .isEqualTo(new Outcome.Rejected(Rejection.INVALID_TIMEOUT));
        assertThat(sync.acquireLease("file", "ann", EXCLUSIVE, SECOND, Duration.ofNanos(-1))
                        .await())
                .isEqualTo(new Outcome.Rejected(Rejection.INVALID_TIMEOUT));
        sync.tryLease("file", "ann", EXCLUSIVE, SECOND);
        final Lease twice = sync.acquireLease("file", "ann", SHARED, SECOND);
        assertThat(twice.await()).isEqualTo(new Outcome.Rejected(Rejection.ALREADY_HELD));
        assertThat(twice.fencing()).isZero();
    }

    @Test
    void shouldLetGoWhatItsCoordinationHeld() {
        final CoordinationSync other = kernel.coordination("task-2").sync();
        sync.acquireLease("file", "ann", EXCLUSIVE, SECOND);
        final Lease next = other.acquireLease("file", "ann", EXCLUSIVE, SECOND);
        task.closeCoordination();
        assertThat(next.grant().poll().isResolved()).isTrue();
    }

    @Test
    void shouldLetInAThousandWhoShareInOrderThoughATurnIsBounded() {
        final Lease boss = sync.acquireLease("file", "boss", EXCLUSIVE, SECOND);
        final List<Lease> waiting = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            waiting.add(sync.acquireLease("file", "agent-" + i, SHARED, SECOND));
        }
        boss.release(boss.fencing());
        kernel.turn();
        assertThat(waiting).allMatch(lease -> lease.grant().poll().isResolved());
        assertThat(waiting).extracting(Lease::fencing).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldTellAThousandSyncPointsOfOneCompletion() {
        final List<Dependency> waits = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sync.createSyncPoint("point-" + i, List.of("ann"));
            waits.add(sync.waitForSyncPoint("point-" + i));
        }
        task.complete("ann", "done");
        kernel.turn();
        assertThat(waits).allMatch(wait -> wait.poll().isResolved());
    }
}
