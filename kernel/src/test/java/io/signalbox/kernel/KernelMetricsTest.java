package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.event.Room;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.metrics.Bound;
import io.signalbox.kernel.metrics.MetricNames;
import io.signalbox.kernel.metrics.MetricsConfig;
import io.signalbox.kernel.metrics.MetricsSnapshot;
import io.signalbox.kernel.metrics.TimingSummary;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a kernel measures about itself, through the front door. */
@Timeout(120)
class KernelMetricsTest {
    private static final long MS = 1_000_000;

    private final ManualClock clock = new ManualClock(0);
    private final KernelConfig config = KernelConfig.standard()
            .withThreading(Threading.INVOKER)
            .withLimits(MachineLimits.small())
            .withClock(clock)
            .withMetrics(MetricsConfig.on());

    private static TimingSummary timing(final Kernel kernel, final String name) {
        return kernel.metrics().snapshot().timing(name).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    @Conforms({"T-MCOLL-11", "T-SIG-28"})
    void shouldMeasureEachCommandWhoeverTurns(final Threading threading) {
        final KernelConfig real = KernelConfig.standard()
                .withThreading(threading)
                .withLimits(MachineLimits.small())
                .withMetrics(MetricsConfig.on());
        final Kernel kernel = Kernel.launch(real);
        try (kernel) {
            final Coordination build = kernel.coordination("build");
            final Subscription subscription = kernel.subscribe();
            for (int i = 0; i < 50; i++) {
                build.complete("ann", "done " + i);
                assertThat(subscription.poll()).isInstanceOf(Subscription.Signal.class);
            }
        }
        final MetricsSnapshot snapshot = kernel.metrics().snapshot();
        assertThat(snapshot.measuresKernel()).isTrue();
        final TimingSummary raised = snapshot.timing("raise_signal").orElseThrow();
        assertThat(raised.count()).isEqualTo(50);
        assertThat(raised.p50Ns()).isPositive().isLessThanOrEqualTo(raised.maxNs());
        assertThat(raised.bound()).isEqualTo(Bound.SIGNAL);
        assertThat(snapshot.counter("raise_signal")).isEqualTo(50);
        assertThat(snapshot.counter(MetricNames.SIGNALS_SENT)).isEqualTo(50);
        assertThat(snapshot.counter(MetricNames.SIGNALS_RECEIVED)).isEqualTo(50);
        assertThat(snapshot.facts()).containsEntry(Room.SIGNAL, 50L);
        final TimingSummary propagated =
                snapshot.timing(MetricNames.SIGNAL_PROPAGATION_TIME).orElseThrow();
        assertThat(propagated.count()).isEqualTo(50);
        assertThat(propagated.meanNs()).isPositive();
        assertThat(snapshot.timing(MetricNames.TURN_WAIT_TIME).orElseThrow().count())
                .isGreaterThanOrEqualTo(50);
        assertThat(snapshot.gauge(MetricNames.TURN_COMMANDS).orElseThrow()).satisfies(turns -> {
            assertThat(turns.count()).isPositive();
            assertThat(turns.min()).isEqualTo(1);
        });
        assertThat(snapshot.table()).contains("raise_signal", "signals_sent", "100 ms");
    }

    @Test
    @Conforms({"NAME-10", "NAME-11", "NAME-13"})
    void shouldBeFoundUnderTheNamesThatOthersKnow() {
        try (Kernel kernel = Kernel.launch(config)) {
            final Subscription subscription = kernel.subscribe();
            final Coordination build = kernel.coordination("build");
            final Dependency ann = build.awaitsCompletion("ann");
            build.complete("ann", "done");
            assertThat(ann.poll().isResolved()).isTrue();
            assertThat(subscription.poll()).isInstanceOf(Subscription.Signal.class);
            build.routing(Routing.standard()).route("plan");
            assertThat(kernel.metrics().snapshot().counter("signals_sent")).isEqualTo(1);
            assertThat(kernel.metrics().snapshot().counter("signals_received")).isEqualTo(1);
            assertThat(kernel.metrics().snapshot().counter("routing_decisions_count"))
                    .isEqualTo(1);
            assertThat(List.of(
                            "signal_propagation_time_ms", "routing_decision_time_ms", "dependency_resolution_time_ms"))
                    .allSatisfy(name -> assertThat(timing(kernel, name).count()).isEqualTo(1));
            assertThat(kernel.metrics().snapshot().timing("nobody_knows_ms")).isEmpty();
        }
    }

    @Test
    void shouldMeasureNothingWhenItIsOff() {
        try (Kernel kernel = Kernel.launch(config.withMetrics(MetricsConfig.off()))) {
            kernel.coordination("build").complete("ann", "done");
            kernel.metrics().counter("own").increment();
            final MetricsSnapshot snapshot = kernel.metrics().snapshot();
            assertThat(snapshot.measuresKernel()).isFalse();
            assertThat(snapshot.timings()).isEmpty();
            assertThat(snapshot.facts()).isEmpty();
            assertThat(snapshot.counters()).containsOnlyKeys("own").containsEntry("own", 1L);
        }
    }

    @Test
    void shouldMeasureHowLongAWaitWaited() {
        try (Kernel kernel = Kernel.launch(config)) {
            final Coordination build = kernel.coordination("build");
            final Dependency ann = build.awaitsCompletion("ann");
            final Dependency ben = build.awaitsCompletion("ben", Duration.ofMillis(40));
            final Dependency cho = build.awaitsCompletion("cho");
            assertThat(kernel.metrics()
                            .snapshot()
                            .gauge(MetricNames.WAITS_OPEN)
                            .orElseThrow()
                            .last())
                    .isEqualTo(3);
            clock.moveTo(3000 * MS);
            build.complete("ann", "done");
            kernel.pulse();
            cho.cancel();
            assertThat(ann.poll().isResolved()).isTrue();
            assertThat(ben.poll()).isInstanceOf(Outcome.Expired.class);

            final TimingSummary resolved = timing(kernel, MetricNames.DEPENDENCY_RESOLUTION_TIME);
            assertThat(resolved.count()).isEqualTo(1);
            assertThat((double) resolved.maxNs()).isCloseTo(3000.0 * MS, within(30.0 * MS));
            assertThat(resolved.bound().expectedNs()).isEqualTo(2000 * MS);
            assertThat(resolved.overExpected()).isEqualTo(1);
            assertThat(timing(kernel, MetricNames.DEPENDENCY_UNRESOLVED_TIME).count())
                    .isEqualTo(2);
            final MetricsSnapshot snapshot = kernel.metrics().snapshot();
            assertThat(snapshot.gauge(MetricNames.WAITS_OPEN).orElseThrow().last())
                    .isZero();
            assertThat(snapshot.counter("dependency_declared")).isEqualTo(3);
            assertThat(snapshot.counter("dependency_expired")).isEqualTo(1);
        }
    }

    @Test
    void shouldMeasureFromRaisingToDelivery() {
        try (Kernel kernel = Kernel.launch(config)) {
            final Coordination build = kernel.coordination("build");
            final Subscription prompt = kernel.subscribe();
            final Subscription late = kernel.subscribe();
            build.complete("ann", "done");
            assertThat(prompt.advance()).isEqualTo(1);
            clock.moveTo(250 * MS);
            assertThat(late.poll()).isInstanceOf(Subscription.Signal.class);
            assertThat(late.poll()).isNull();

            final TimingSummary propagation = timing(kernel, MetricNames.SIGNAL_PROPAGATION_TIME);
            assertThat(propagation.count()).isEqualTo(2);
            assertThat(propagation.p50Ns()).isZero();
            assertThat((double) propagation.maxNs()).isCloseTo(250.0 * MS, within(2.5 * MS));
            assertThat(propagation.overExpected()).isEqualTo(1);
        }
    }

    @Test
    void shouldMeasureDeliveryBehindMoreCommandsThanTheRingHolds() {
        try (Kernel kernel = Kernel.launch(config.withRingCapacity(4))) {
            final Coordination build = kernel.coordination("build");
            final Subscription late = kernel.subscribe();
            clock.moveTo(10 * MS);
            build.complete("ann", "done");
            clock.moveTo(30 * MS);
            for (int i = 0; i < 9; i++) {
                build.set("phase", i);
            }
            assertThat(late.poll()).isInstanceOf(Subscription.Signal.class);
            assertThat((double)
                            timing(kernel, MetricNames.SIGNAL_PROPAGATION_TIME).maxNs())
                    .isCloseTo(20.0 * MS, within(0.2 * MS));
        }
    }

    @Test
    void shouldCountWhatAReaderMissed() {
        try (Kernel kernel = Kernel.launch(config)) {
            final Coordination build = kernel.coordination("build");
            final Subscription slow = kernel.subscribe();
            final int raised = kernel.machine().tail().capacity() + 10;
            for (int i = 0; i < raised; i++) {
                build.complete("ann", "");
            }
            final Subscription.Gap gap = (Subscription.Gap) slow.poll();
            while (slow.advance() == 1) {
                kernel.turn();
            }
            final MetricsSnapshot snapshot = kernel.metrics().snapshot();
            assertThat(snapshot.dropped(MetricNames.SIGNALS_MISSED)).isEqualTo(gap.to() - gap.from() + 1);
            assertThat(snapshot.dropped(MetricNames.SIGNALS_MISSED) + snapshot.counter(MetricNames.SIGNALS_RECEIVED))
                    .isEqualTo(raised);
        }
    }

    @Test
    void shouldCountRefusalsByTheirNames() {
        final Kernel kernel = Kernel.launch(config);
        try (kernel) {
            final Coordination build = kernel.coordination("build");
            build.compareAndSet("phase", 7, "x");
            build.scoreGate("quality", 2);
            build.scoreGate("quality", -1);
            build.raise("note", "ann", "x".repeat(kernel.config().limits().payloadLengthMax() + 5000));
            final MetricsSnapshot snapshot = kernel.metrics().snapshot();
            assertThat(snapshot.refused(Rejection.VERSION_MISMATCH)).isEqualTo(1);
            assertThat(snapshot.refused(Rejection.INVALID_VALUE)).isEqualTo(2);
            assertThat(snapshot.refused(Rejection.TOO_LONG)).isEqualTo(1);
            assertThat(snapshot.refusals())
                    .containsOnlyKeys(Rejection.VERSION_MISMATCH, Rejection.INVALID_VALUE, Rejection.TOO_LONG);
            assertThat(snapshot.counter("command_rejected")).isEqualTo(3);
        }
        assertThatThrownBy(() -> kernel.coordination("late")).isInstanceOf(KernelHaltedException.class);
        assertThat(kernel.metrics().snapshot().dropped(MetricNames.COMMANDS_HALTED))
                .isEqualTo(1);
    }

    @Test
    void shouldNotGuessTheLengthOfAWaitOfAnEarlierLaunch() {
        final MemoryJournal journal = new MemoryJournal();
        try (Kernel kernel = Kernel.launch(config, journal)) {
            kernel.coordination("build").awaitsCompletion("ann");
        }
        try (Kernel kernel = Kernel.launch(config, journal.reopened())) {
            assertThat(kernel.metrics()
                            .snapshot()
                            .gauge(MetricNames.WAITS_OPEN)
                            .orElseThrow()
                            .last())
                    .isEqualTo(1);
            kernel.coordination("build").complete("ann", "done");
            final MetricsSnapshot snapshot = kernel.metrics().snapshot();
            assertThat(snapshot.gauge(MetricNames.WAITS_OPEN).orElseThrow().last())
                    .isZero();
            assertThat(snapshot.dropped(MetricNames.WAITS_OF_EARLIER_LAUNCHES)).isEqualTo(1);
            assertThat(snapshot.counter("dependency_resolved")).isEqualTo(1);
            assertThat(timing(kernel, MetricNames.DEPENDENCY_RESOLUTION_TIME).count())
                    .isZero();
        }
    }

    @Test
    void shouldAllocateNothingForASignalThatIsMeasured() {
        final KernelConfig measured =
                KernelConfig.standard().withLimits(MachineLimits.small()).withMetrics(MetricsConfig.on());
        try (Kernel kernel = Kernel.launch(measured)) {
            final Coordination build = kernel.coordination("build");
            final int type = kernel.nameId("tick");
            final int ann = kernel.nameId("ann");
            final Ingress ingress = kernel.newIngress();
            final Subscription subscription = kernel.subscribe();
            final byte[] payload = new byte[16];
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                final long before = allocated();
                for (int i = 0; i < 5_000; i++) {
                    ingress.raise(build.handle(), type, ann, 0, 0, 0, Double.NaN, payload);
                    subscription.advance();
                }
                least = Math.min(least, allocated() - before);
            }
            assertThat(least).as("bytes for 5,000 signals").isLessThan(5_000);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
