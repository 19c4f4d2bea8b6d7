package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.state.MergeRule;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StatePredicate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting for a state: declared, and on the reader's own side. */
@Timeout(60)
class StateWaitTest {
    private static final StateKey<Long> COUNTER = StateKey.number("counter");
    private static final StateKey<String> PHASE = StateKey.text("phase");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration NOTHING = Duration.ZERO;
    private static final Duration SHORT = Duration.ofMillis(20);

    private static Kernel launch(final Threading threading) {
        return Kernel.launch(KernelConfig.standard().withThreading(threading).withLimits(MachineLimits.small()));
    }

    private static StatePredicate atLeast(final long number) {
        return StatePredicate.is(StateOperator.AT_LEAST, number);
    }

    @Test
    void shouldEndADeclaredWaitWithTheVersionAtWhichItHeld() {
        try (Kernel kernel = launch(Threading.CALLER)) {
            final State state = kernel.coordination("c").state();
            final StateWait wait = state.by("ann").awaits("counter", atLeast(2));
            assertThat(wait.await(NOTHING)).isInstanceOf(Outcome.TimedOut.class);
            assertThat(wait.heldVersion()).isEqualTo(-1);
            assertThat(wait.explain())
                    .contains("key 'counter' to be AT_LEAST 2")
                    .contains("PENDING");
            state.set(COUNTER, 1L);
            final Receipt receipt = state.set(COUNTER, 2L);
            assertThat(wait.await()).isEqualTo(new Outcome.Resolved(receipt.position()));
            assertThat(wait.heldVersion()).isEqualTo(receipt.value()).isEqualTo(2);
            state.set(COUNTER, 0L);
            assertThat(wait.heldVersion()).as("what has held stays").isEqualTo(2);
            assertThat(state.awaits("counter", StatePredicate.exists()).heldVersion())
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Threading.class, names = "INVOKER", mode = EnumSource.Mode.EXCLUDE)
    void shouldWakeWhoStandsForADeclaredWait(final Threading threading) throws InterruptedException {
        try (Kernel kernel = launch(threading)) {
            final State state = kernel.global().state();
            state.declareMerge("counter", MergeRule.SUM);
            final StateWait wait = state.awaits("counter", atLeast(3));
            final Crew crew = new Crew();
            for (int i = 0; i < 3; i++) {
                crew.add("waiter " + i, () -> {
                    assertThat(wait.await(LONG).isResolved()).isTrue();
                    assertThat(wait.heldVersion()).isEqualTo(3);
                });
                crew.add("writer " + i, () -> state.merge(COUNTER, 1L).orThrow());
            }
            crew.join();
        }
    }

    @Test
    @Conforms("FUTURE-9")
    void shouldRefuseCancelAndExpireAsEveryWait() {
        final ManualClock clock = new ManualClock(0);
        try (Kernel kernel = Kernel.launch(KernelConfig.standard()
                .withThreading(Threading.INVOKER)
                .withClock(clock)
                .withLimits(MachineLimits.small()))) {
            final Coordination coordination = kernel.coordination("c");
            final State state = coordination.state();
            final StateWait refused = state.awaits("phase", StatePredicate.is(StateOperator.EQUAL, "x".repeat(2000)));
            assertThat(refused.await()).isEqualTo(new Outcome.Rejected(Rejection.TOO_LONG));
            assertThat(refused.heldVersion()).isEqualTo(-1);
            final StateWait cancelled = state.awaits("phase", StatePredicate.exists());
            final StateWait expired = state.awaits("phase", StatePredicate.exists(), Duration.ofMillis(5));
            final StateWait closed = state.awaits("phase", StatePredicate.exists());
            cancelled.cancel().orThrow();
            clock.moveTo(6_000_000);
            kernel.pulse();
            coordination.close();
            assertThat(cancelled.await()).isInstanceOf(Outcome.Cancelled.class);
            assertThat(expired.await()).isInstanceOf(Outcome.Expired.class);
            assertThat(closed.await()).isInstanceOf(Outcome.Cancelled.class);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Threading.class, names = "INVOKER", mode = EnumSource.Mode.EXCLUDE)
    void shouldWakeAReaderWhoseOwnPredicateHolds(final Threading threading) throws InterruptedException {
        try (Kernel kernel = launch(threading)) {
            final State state = kernel.coordination("c").state();
            final Crew crew = new Crew();
            for (int i = 0; i < 4; i++) {
                final long wanted = 5L * (i + 1);
                crew.add("reader " + i, () -> {
                    final StateSeen seen = state.await(COUNTER, value -> value != null && value >= wanted, LONG);
                    assertThat(seen)
                            .isInstanceOfSatisfying(
                                    StateSeen.Held.class,
                                    held -> assertThat(state.get(held.snapshot(), COUNTER))
                                            .isGreaterThanOrEqualTo(wanted));
                });
            }
            crew.add("writer", () -> {
                for (long i = 1; i <= 20; i++) {
                    state.set(COUNTER, i).orThrow();
                }
            });
            crew.join();
        }
    }

    @Test
    void shouldSeeWhatIsAlreadySoWithoutWaiting() {
        try (Kernel kernel = launch(Threading.CALLER)) {
            final State state = kernel.global().state();
            state.set(PHASE, "done");
            assertThat(state.await(PHASE, "done"::equals, NOTHING).isHeld()).isTrue();
            assertThat(state.await(snapshot -> snapshot.version() == 1, NOTHING))
                    .isEqualTo(new StateSeen.Held(state.snapshot()));
        }
    }

    @Test
    @Conforms("FUTURE-9")
    void shouldEndAReadersWaitWhenItsTimeIsUpOrItIsInterrupted() {
        try (Kernel kernel = launch(Threading.CALLER)) {
            final State state = kernel.coordination("c").state();
            assertThat(state.await(PHASE, "done"::equals, SHORT)).isInstanceOf(StateSeen.TimedOut.class);
            assertThat(state.await(PHASE, "done"::equals, NOTHING)).isInstanceOf(StateSeen.TimedOut.class);
            Thread.currentThread().interrupt();
            assertThat(state.await(PHASE, "done"::equals, LONG)).isInstanceOf(StateSeen.Interrupted.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(() -> state.await(
                            snapshot -> {
                                throw new IllegalArgumentException("the reader's own");
                            },
                            LONG))
                    .hasMessage("the reader's own");
        }
    }

    @Test
    void shouldEndAReadersWaitWhenItsCoordinationOrTheKernelCloses() throws InterruptedException {
        final Kernel kernel = launch(Threading.CALLER);
        final Coordination coordination = kernel.coordination("c");
        final AtomicInteger looks = new AtomicInteger();
        final Crew crew = new Crew();
        crew.add(
                "of the coordination",
                () -> assertThat(coordination.state().await(snapshot -> looks.incrementAndGet() < 0, LONG))
                        .isInstanceOf(StateSeen.Closed.class));
        crew.add(
                "of the kernel",
                () -> assertThat(kernel.global().state().await(snapshot -> looks.incrementAndGet() < 0, LONG))
                        .isInstanceOf(StateSeen.Halted.class));
        crew.go();
        Crew.until("both have looked", () -> looks.get() == 2);
        coordination.close();
        kernel.close();
        crew.join();
        assertThat(coordination.state().await(snapshot -> false, LONG)).isInstanceOf(StateSeen.Closed.class);
    }

    @Test
    void shouldLetTheInvokerWaitForWhatOnlyItsOwnTurnBringsAbout() throws InterruptedException {
        try (Kernel kernel = launch(Threading.INVOKER)) {
            final State state = kernel.global().state();
            final int id = kernel.nameId("phase");
            final Crew crew = new Crew();
            crew.add("writer", () -> state.set(PHASE, "done").orThrow());
            crew.go();
            assertThat(state.await(snapshot -> snapshot.get(id) != null, LONG).isHeld())
                    .isTrue();
            kernel.turn();
            crew.join();
        }
    }

    @Test
    @Conforms({"NAME-6", "NAME-7"})
    void shouldResolveWhoWaitsForAResourceOrAGateByWritingItsKey() {
        try (Kernel kernel = launch(Threading.CALLER)) {
            final Coordination coordination = kernel.coordination("c");
            final Dependency late;
            coordination
                    .state()
                    .set(StateKey.flag("resource_disk_available"), true)
                    .orThrow();
            late = coordination.checksResource("disk");
            assertThat(late.poll().isResolved()).isTrue();
            final Dependency gpu = coordination.awaitsResource("gpu", Duration.ZERO);
            final Dependency lint = coordination.awaitsGate("lint", 0.8, Duration.ZERO);
            coordination
                    .state()
                    .update()
                    .set(StateKey.flag("resource_gpu_available"), true)
                    .set(StateKey.fraction("quality_gate_lint_score"), 0.8)
                    .apply()
                    .orThrow();
            assertThat(gpu.poll().isResolved()).isTrue();
            assertThat(lint.poll().isResolved()).isTrue();
            assertThat(coordination
                            .state()
                            .set(StateKey.fraction("quality_gate_lint_score"), 1.5)
                            .rejection())
                    .isEqualTo(Rejection.INVALID_VALUE);
            assertThat(coordination.set("resource_gpu_available", "yes").rejection())
                    .isEqualTo(Rejection.INVALID_VALUE);
            coordination.delete("resource_gpu_available");
            assertThat(coordination.checksResource("gpu").poll()).isInstanceOf(Outcome.Failed.class);
        }
    }
}
