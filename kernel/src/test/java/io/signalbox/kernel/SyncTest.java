package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.state.StateSnapshot;
import io.signalbox.kernel.sync.SyncKind;
import io.signalbox.kernel.sync.SyncState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Barriers, events, conditions and sync points through the front door, with a clock of our own: nothing here waits for time. */
@Timeout(60)
class SyncTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock(1_000_000_000L);
    private Kernel kernel;
    private Coordination session;
    private CoordinationSync sync;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(
                KernelConfig.standard().withThreading(Threading.INVOKER).withClock(clock));
        session = kernel.coordination("session");
        sync = session.sync();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void later(final Duration after) {
        clock.moveTo(clock.wallClockNs() + clock.nanoTime() + after.toNanos());
        kernel.pulse();
    }

    private static List<String> told(final Subscription events, final String... types) {
        final List<String> told = new ArrayList<>();
        for (Subscription.Item item = events.poll(); item != null; item = events.poll()) {
            final Subscription.Signal signal = (Subscription.Signal) item;
            if (List.of(types).contains(signal.type())) {
                told.add(signal.type() + " " + signal.subject() + " " + signal.payload());
            }
        }
        return told;
    }

    // ------------------------------------------------------------------ barriers

    @Test
    @Conforms({"SYNC-1", "SYNC-3"})
    void shouldLetAllGoAndGiveEachWhatEverybodyBrought() {
        sync.createBarrier("phase", List.of("ann", "ben", "cho")).orThrow();
        final Arrival ben = sync.waitAtBarrier("phase", "ben", "two");
        final Arrival ann = sync.waitAtBarrier("phase", "ann");
        assertThat(ben.release().poll()).isEqualTo(new Outcome.TimedOut());
        assertThat(ben.results()).isEmpty();

        final Arrival cho = sync.waitAtBarrier("phase", "cho", "three");

        for (final Arrival arrival : List.of(ann, ben, cho)) {
            assertThat(arrival.await().isResolved()).isTrue();
            assertThat(arrival.generation()).isEqualTo(1);
            assertThat(arrival.results())
                    .extracting(PartialResult::agent, PartialResult::text)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("ben", "two"),
                            org.assertj.core.groups.Tuple.tuple("cho", "three"));
        }
    }

    @Test
    @Conforms("SYNC-2")
    void shouldRefuseToWaitAtAnUnknownBarrier() {
        final Arrival arrival = sync.waitAtBarrier("nowhere", "ann", "x");
        assertThat(arrival.await()).isEqualTo(new Outcome.Rejected(Rejection.UNKNOWN_SYNC));
        assertThat(arrival.generation()).isEqualTo(-1);
        assertThat(arrival.results()).isEmpty();
        assertThat(sync.status("nowhere")).isNull();
    }

    @Test
    @Conforms({"SYNC-4", "FUTURE-30"})
    void shouldShowEachRoundItsOwnResults() {
        sync.createBarrier("phase", List.of("ann", "ben"));
        sync.waitAtBarrier("phase", "ann", "old");
        final Arrival first = sync.waitAtBarrier("phase", "ben", "old");
        sync.waitAtBarrier("phase", "ann");
        final Arrival second = sync.waitAtBarrier("phase", "ben", "new");
        assertThat(second.generation()).isEqualTo(2);
        assertThat(second.results()).extracting(PartialResult::text).containsExactly("new");
        assertThat(first.results()).extracting(PartialResult::text).containsExactly("old", "old");
        assertThat(sync.barrierResults("phase", 2)).hasSize(1);
    }

    @Test
    @Conforms("SYNC-5")
    void shouldNotTakeABarrierFromUnderThoseWhoWait() {
        sync.createBarrier("phase", List.of("ann", "ben"));
        final Arrival ann = sync.waitAtBarrier("phase", "ann", "kept");
        assertThat(sync.createBarrier("phase", List.of("cho")).rejection()).isEqualTo(Rejection.DUPLICATE_SYNC);
        sync.waitAtBarrier("phase", "ben");
        assertThat(ann.await().isResolved()).isTrue();
        assertThat(ann.results()).extracting(PartialResult::text).containsExactly("kept");
    }

    @Test
    @Conforms({"SYNC-6", "FUTURE-30"})
    void shouldBreakForAllWhenTheTimeIsUpAndSayWhoIsMissing() {
        final Subscription events = kernel.subscribe();
        sync.createBarrier("phase", List.of("ann", "ben", "cho"), SECOND);
        final Arrival ann = sync.waitAtBarrier("phase", "ann");
        final Arrival cho = sync.waitAtBarrier("phase", "cho");
        later(SECOND);
        assertThat(ann.await()).isInstanceOf(Outcome.Failed.class);
        assertThat(cho.await()).isInstanceOf(Outcome.Failed.class);
        final SyncStatus broken = sync.status("phase");
        assertThat(broken.state()).isEqualTo(SyncState.BROKEN);
        assertThat(broken.missing()).containsExactly("ben");
        assertThat(told(events, CoordinationSync.SYNC_BROKEN))
                .containsExactly("coordination.sync.broken phase {\"sync_id\":\"phase\",\"completed_count\":2,"
                        + "\"required_count\":3,\"generation\":1,\"missing_task_ids\":[\"ben\"]}");
        assertThat(sync.waitAtBarrier("phase", "ben").await())
                .isEqualTo(new Outcome.Rejected(Rejection.BARRIER_IS_BROKEN));
        assertThat(sync.resetBarrier("phase").value()).isEqualTo(2);
        assertThat(sync.status("phase").state()).isEqualTo(SyncState.OPEN);
    }

    @Test
    void shouldNameEachRefusalAtABarrier() {
        assertThat(sync.createBarrier("b", List.of()).rejection()).isEqualTo(Rejection.NO_PARTIES);
        assertThat(sync.createBarrier("b", List.of("ann"), Duration.ZERO).rejection())
                .isEqualTo(Rejection.INVALID_TIMEOUT);
        assertThat(sync.createBarrier("b", List.of("ann"), Duration.ofNanos(-1)).rejection())
                .isEqualTo(Rejection.INVALID_TIMEOUT);
        sync.createBarrier("b", List.of("ann", "ben"));
        sync.waitAtBarrier("b", "ann");
        assertThat(sync.waitAtBarrier("b", "ann").await()).isEqualTo(new Outcome.Rejected(Rejection.ALREADY_ARRIVED));
        assertThat(sync.waitAtBarrier("b", "stranger").await()).isEqualTo(new Outcome.Rejected(Rejection.NOT_A_PARTY));
        assertThat(sync.signalEvent("b").rejection()).isEqualTo(Rejection.WRONG_SYNC_KIND);
    }

    @Test
    void shouldExplainWhyABarrierStillHolds() {
        sync.createBarrier("phase", List.of("ann", "ben"));
        final Arrival ann = sync.waitAtBarrier("phase", "ann");
        assertThat(ann.release().explain()).contains("barrier 'phase' to be released (1 of 2, missing ben)");
        final Lease held = sync.acquireLease("file", "ann", io.signalbox.kernel.sync.LeaseMode.EXCLUSIVE, SECOND);
        final Lease wanted = sync.acquireLease("file", "ben", io.signalbox.kernel.sync.LeaseMode.SHARED, SECOND);
        assertThat(held.await().isResolved()).isTrue();
        assertThat(wanted.grant().explain()).contains("a lease on 'file' (held by ann)");
    }

    @Test
    void shouldLetWhoComesBackWaitForTheSameRelease() {
        sync.createBarrier("phase", List.of("ann", "ben"));
        sync.waitAtBarrier("phase", "ann");
        final Dependency again = sync.waitForBarrier("phase", 1, SECOND);
        final Dependency looking = sync.waitForBarrier("phase", SECOND);
        sync.waitAtBarrier("phase", "ben", "b");
        assertThat(again.await().isResolved()).isTrue();
        assertThat(looking.await().isResolved()).isTrue();
        assertThat(sync.waitForBarrier("phase", 1, SECOND).await().isResolved()).isTrue();
        assertThat(sync.barrierResults("phase", 1))
                .extracting(PartialResult::text)
                .containsExactly("b");
    }

    // ------------------------------------------------------------------ events

    @Test
    @Conforms("SYNC-7")
    void shouldLetThroughWhoComesAfterTheEvent() {
        sync.createEvent("go");
        sync.signalEvent("go");
        assertThat(sync.waitForEvent("go").poll().isResolved()).isTrue();
    }

    @Test
    @Conforms({"SYNC-8", "FUTURE-30"})
    void shouldEndAWaitForAnEventByItsTimeout() {
        sync.createEvent("go");
        final Dependency wait = sync.waitForEvent("go", SECOND);
        later(SECOND);
        assertThat(wait.await()).isInstanceOf(Outcome.Expired.class);
    }

    @Test
    @Conforms("SYNC-9")
    void shouldNotTakeATimeoutOfZeroForNone() {
        sync.createEvent("go");
        assertThat(sync.waitForEvent("go", Duration.ZERO).await())
                .isEqualTo(new Outcome.Rejected(Rejection.INVALID_TIMEOUT));
    }

    @Test
    @Conforms("SYNC-10")
    void shouldWaitAgainForAnEventThatWasCleared() {
        sync.createEvent("go");
        sync.signalEvent("go");
        assertThat(sync.clearEvent("go").value()).isEqualTo(2);
        final Dependency wait = sync.waitForEvent("go");
        assertThat(wait.poll()).isEqualTo(new Outcome.TimedOut());
        sync.signalEvent("go");
        assertThat(wait.poll().isResolved()).isTrue();
    }

    // ------------------------------------------------------------------ conditions

    @Test
    @Conforms({"SYNC-11", "SYNC-12"})
    void shouldGiveWhatTheConditionHeldForAndLookOncePerChange() {
        sync.createConditionOnKey("plan");
        final AtomicInteger looks = new AtomicInteger();
        final StateSnapshot[] seen = new StateSnapshot[1];
        final StateSnapshot found = sync.coordinateConditionalSync(
                "plan",
                () -> {
                    seen[0] = session.snapshot();
                    if (looks.incrementAndGet() < 4) {
                        session.set("plan", looks.get());
                        return null;
                    }
                    return seen[0];
                },
                SECOND);
        assertThat(found).isSameAs(seen[0]);
        assertThat(found.get(kernel.nameId("plan")).asLong()).isEqualTo(3);
        assertThat(looks).hasValue(4);
    }

    @Test
    @Conforms({"SYNC-13", "FUTURE-30"})
    void shouldEndAWaitForAConditionThatNeverHolds() {
        sync.createCondition("never");
        assertThat(sync.<String>coordinateConditionalSync("never", () -> null, Duration.ofNanos(1)))
                .isNull();
        final Dependency wait = sync.waitForChange("never", SECOND);
        later(SECOND);
        assertThat(wait.await()).isInstanceOf(Outcome.Expired.class);
        assertThat(sync.<String>coordinateConditionalSync("unknown", () -> null, SECOND))
                .isNull();
    }

    @Test
    void shouldWakeOneOrAllInTheOrderInWhichTheyCame() {
        sync.createCondition("news");
        final List<Dependency> waits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waits.add(sync.waitForChange("news", SECOND));
        }
        assertThat(sync.notifyOne("news").value()).isEqualTo(1);
        assertThat(waits).extracting(wait -> wait.poll().isResolved()).containsExactly(true, false, false, false);
        assertThat(sync.notifyAllOf("news").value()).isEqualTo(2);
        assertThat(waits).allMatch(wait -> wait.poll().isResolved());
        assertThat(sync.notifyOne("news").value()).isZero();
    }

    // ------------------------------------------------------------------ sync points

    @Test
    @Conforms("T-OCOORD-02")
    void shouldRequireAllWithoutALimitWhenNothingIsSaid() {
        sync.createSyncPoint("review", List.of("task-1", "task-2")).orThrow();
        final SyncStatus status = sync.status("review");
        assertThat(status.kind()).isEqualTo(SyncKind.SYNC_POINT);
        assertThat(status.required()).isEqualTo(2);
        assertThat(status.deadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @Conforms({"T-OCOORD-03", "T-OSYN-04"})
    void shouldBeReadyWithTheLastOfTwo() {
        sync.createSyncPoint("review", List.of("task-1", "task-2"), 2, SECOND);
        assertThat(sync.checkSyncPointReady("review")).isFalse();
        session.complete("task-1", "done");
        assertThat(sync.checkSyncPointReady("review")).isFalse();
        session.complete("task-2", "done");
        assertThat(sync.checkSyncPointReady("review")).isTrue();
    }

    @Test
    @Conforms({"T-OCOORD-04", "T-OSYN-05"})
    void shouldBeReadyWithTwoOfThreeInWhateverOrder() {
        sync.createSyncPoint("two", List.of("task-1", "task-2", "task-3"), 2, SECOND);
        sync.createSyncPoint("three", List.of("task-1", "task-2", "task-3"));
        session.complete("task-3", "done");
        session.complete("task-1", "done");
        assertThat(sync.checkSyncPointReady("two")).isTrue();
        assertThat(sync.checkSyncPointReady("three")).isFalse();
        session.complete("task-2", "done");
        assertThat(sync.checkSyncPointReady("three")).isTrue();
    }

    @Test
    @Conforms("T-OSYN-01")
    void shouldBeReadyAtOnceWithNobodyToWaitFor() {
        sync.createSyncPoint("empty", List.of());
        assertThat(sync.checkSyncPointReady("empty")).isTrue();
    }

    @Test
    @Conforms({"GAP-SYNC-1", "DIFF-25", "FUTURE-41", "REQ-13"})
    void shouldEnforceTheTimeoutOfASyncPoint() {
        sync.createSyncPoint("review", List.of("task-1"), 0, SECOND);
        final Dependency wait = sync.waitForSyncPoint("review");
        later(SECOND);
        assertThat(wait.await()).isInstanceOf(Outcome.Expired.class);
        session.complete("task-1", "too late");
        assertThat(sync.checkSyncPointReady("review")).isFalse();
        assertThat(sync.status("review").state()).isEqualTo(SyncState.EXPIRED);
    }

    @Test
    @Conforms({"GAP-SYNC-2", "REQ-13"})
    void shouldFailEarlyWhenEnoughCanNoLongerCome() {
        sync.createSyncPoint("review", List.of("task-1", "task-2", "task-3"), 2, SECOND);
        final Dependency wait = sync.waitForSyncPoint("review");
        session.fail("task-1", "broken");
        assertThat(wait.poll()).isEqualTo(new Outcome.TimedOut());
        session.fail("task-3", "broken too");
        assertThat(wait.poll()).isInstanceOf(Outcome.Failed.class);
        assertThat(sync.status("review").failed()).containsExactly("task-1", "task-3");

        sync.createSyncPointOfEnds("ends", List.of("task-1", "task-3"), 0, SECOND);
        assertThat(sync.checkSyncPointReady("ends")).isTrue();
    }

    @Test
    @Conforms("GAP-SYNC-3")
    void shouldRefuseATaskThatIsNamedTwice() {
        assertThat(sync.createSyncPoint("review", List.of("task-1", "task-1")).rejection())
                .isEqualTo(Rejection.DUPLICATE_PARTY);
    }

    @Test
    @Conforms("GAP-SYNC-4")
    void shouldCountATaskThatNobodyKnowsAsNotYetComeUntilTheTimeIsUp() {
        sync.createSyncPoint("review", List.of("no-such-task"), 0, SECOND);
        final Dependency wait = sync.waitForSyncPoint("review");
        assertThat(sync.status("review").missing()).containsExactly("no-such-task");
        later(SECOND);
        assertThat(wait.poll()).isInstanceOf(Outcome.Expired.class);
    }

    @Test
    @Conforms("GAP-SYNC-5")
    void shouldRefuseASyncPointThatRequiresMoreThanItHas() {
        assertThat(sync.createSyncPoint("review", List.of("task-1", "task-2"), 3, SECOND)
                        .rejection())
                .isEqualTo(Rejection.INVALID_REQUIRED);
        assertThat(sync.createSyncPoint("review", List.of("task-1", "task-2"), -1, SECOND)
                        .rejection())
                .isEqualTo(Rejection.INVALID_REQUIRED);
    }

    // ------------------------------------------------------------------ the event bus

    @Test
    @Conforms({"GAP-SYNC-6", "GAP-SYNC-9", "NAME-15"})
    void shouldTellWhatHappenedOnceInOrderAndAgainToWhoComesLate() {
        sync.createSyncPoint("review", List.of("task-1", "task-2"), 1, SECOND);
        sync.createBarrier("phase", List.of("ann"));
        sync.waitAtBarrier("phase", "ann");
        session.complete("task-2", "done");
        session.complete("task-1", "done");
        assertThat(sync.checkSyncPointReady("review")).isTrue();
        assertThat(sync.checkSyncPointReady("review")).isTrue();

        final String[] all = {CoordinationSync.SYNC_CREATED, CoordinationSync.SYNC_READY};
        final List<String> told = told(kernel.subscribeFromOldest(), all);
        assertThat(told)
                .containsExactly(
                        "coordination.sync.created review {\"sync_id\":\"review\",\"required_count\":1,"
                                + "\"waiting_task_ids\":[\"task-1\",\"task-2\"]}",
                        "coordination.sync.created phase {\"sync_id\":\"phase\",\"required_count\":1,"
                                + "\"waiting_task_ids\":[\"ann\"]}",
                        "coordination.sync.ready phase {\"sync_id\":\"phase\",\"completed_count\":1,"
                                + "\"required_count\":1,\"generation\":1}",
                        "coordination.sync.ready review {\"sync_id\":\"review\",\"completed_count\":1,"
                                + "\"required_count\":1,\"generation\":1}");
        assertThat(told(kernel.subscribeFromOldest(), all)).isEqualTo(told);
    }

    @Test
    @Conforms({"T-OBUS-01", "T-OBUS-02", "T-OBUS-03"})
    void shouldPublishAnEventToWhoAskedForItWithItsPayload() {
        final Subscription events = kernel.subscribe();
        final String payload = "{\"task_id\":\"t1\",\"nested\":{\"list\":[1,{\"deep\":null}]}}";
        assertThat(session.raise("TASK_ASSIGNED", "queue", payload).isAccepted())
                .isTrue();
        session.raise("TASK_COMPLETED", "queue", "{}");
        assertThat(told(events, "TASK_ASSIGNED")).containsExactly("TASK_ASSIGNED queue " + payload);
    }

    @Test
    void shouldWriteNamesThatNeedItWithEscapes() {
        final Subscription events = kernel.subscribe();
        sync.createSyncPoint("a \"b\"\\\n", List.of());
        assertThat(told(events, CoordinationSync.SYNC_CREATED).get(0))
                .contains("{\"sync_id\":\"a \\\"b\\\"\\\\\\u000a\",\"required_count\":0");
    }

    @Test
    void shouldLeaveNothingBehindWhenItsCoordinationIsClosed() {
        final long before =
                kernel.query(() -> (long) kernel.machine().leases().snapshots().size());
        sync.createBarrier("phase", List.of("ann", "ben"), SECOND);
        final Arrival ann = sync.waitAtBarrier("phase", "ann");
        sync.createSyncPoint("review", List.of("ann"), 0, SECOND);
        session.closeCoordination();
        assertThat(ann.await()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(sync.createEvent("go").rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
        assertThat(kernel.coordination("session").sync().status("phase")).isNull();
        assertThat(kernel.query(() -> kernel.machine().nextDeadlineNs())).isEqualTo(Long.MAX_VALUE);
        assertThat(before).isZero();
    }
}
