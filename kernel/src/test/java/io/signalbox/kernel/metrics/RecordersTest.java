package io.signalbox.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.kernel.conformance.Conforms;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecordersTest {
    private static final long MS = 1_000_000;

    private final Clockwork clock = new Clockwork();
    private final Metrics metrics = clock.metrics(MetricsConfig.off().withFeedCapacity(64));

    private TimingSummary timing(final String name) {
        return metrics.snapshot().timing(name).orElseThrow();
    }

    @Test
    @Conforms({"T-MCOLL-02", "GAP-METRIC-1"})
    void shouldSummariseTimingsWithinOnePercent() {
        final Timing timing = metrics.timing("plan");
        for (int ms = 1; ms <= 1000; ms++) {
            timing.record(ms * MS);
        }
        final TimingSummary summary = timing("plan");
        assertThat(summary.count()).isEqualTo(1000);
        assertThat((double) summary.p50Ns()).isCloseTo(500.0 * MS, within(5.0 * MS));
        assertThat((double) summary.p90Ns()).isCloseTo(900.0 * MS, within(9.0 * MS));
        assertThat((double) summary.p99Ns()).isCloseTo(990.0 * MS, within(10.0 * MS));
        assertThat((double) summary.p999Ns()).isCloseTo(999.0 * MS, within(10.0 * MS));
        assertThat((double) summary.maxNs()).isCloseTo(1000.0 * MS, within(10.0 * MS));
        assertThat((double) summary.meanNs()).isCloseTo(500.5 * MS, within(5.0 * MS));
        assertThat(metrics.feed().poll().kind()).isEqualTo(MetricKind.TIMING);
    }

    @Test
    void shouldSummariseWhatWasNeverRecordedAsZero() {
        metrics.timing("plan");
        metrics.counter("tries");
        metrics.gauge("depth", "tasks");
        metrics.rate("hits");
        final MetricsSnapshot snapshot = metrics.snapshot();
        assertThat(timing("plan")).isEqualTo(new TimingSummary("plan", 0, 0, 0, 0, 0, 0, 0, Bound.UNBOUNDED, 0, 0, 0));
        assertThat(snapshot.counters()).containsEntry("tries", 0L);
        assertThat(snapshot.gauges()).containsExactly(new GaugeSummary("depth", "tasks", 0, 0, 0, 0, 0, 0, 0));
        assertThat(snapshot.rates()).containsExactly(new RateSummary("hits", 0, 0, 0, 0, 0));
        assertThat(snapshot.table()).isEmpty();
    }

    @Test
    void shouldGoOnCountingFromSnapshotToSnapshot() {
        metrics.timing("plan").record(10);
        assertThat(timing("plan").count()).isEqualTo(1);
        metrics.timing("plan").record(Duration.ofNanos(20));
        assertThat(timing("plan").count()).isEqualTo(2);
        assertThat(timing("plan").maxNs()).isEqualTo(20);
        assertThat(timing("plan")).isEqualTo(timing("plan"));
    }

    @Test
    void shouldTakeADurationHoweverLong() {
        metrics.timing("age").record(Duration.ofSeconds(Long.MAX_VALUE), Tags.of("agent", "ann"));
        metrics.timing("plan", Duration.ofSeconds(Long.MAX_VALUE)).record(1);
        assertThat(timing("age").beyondRange()).isEqualTo(1);
        assertThat(timing("plan").bound()).isEqualTo(Bound.UNBOUNDED);
        refuses(
                MetricException.Reason.NEGATIVE_DURATION,
                () -> metrics.timing("age").record(Duration.ofSeconds(Long.MIN_VALUE + 1)));
    }

    @Test
    void shouldKnowWhatTheOldSystemsPromised() {
        metrics.timing("coordination_signal").record(100 * MS);
        metrics.timing("coordination_signal").record(100 * MS + 1);
        metrics.timing("coordination_signal").record(MS);
        final TimingSummary signal = timing("coordination_signal");
        assertThat(signal.bound()).isEqualTo(new Bound(100 * MS, MS));
        assertThat(signal.overExpected()).isEqualTo(1);
        assertThat(signal.overOwn()).isEqualTo(2);
        assertThat(metrics.timing("context_distribution").bound().expectedNs()).isEqualTo(200 * MS);
        assertThat(metrics.timing("dependency_resolution").bound().expectedNs()).isEqualTo(2000 * MS);
        assertThat(metrics.timing("shared_state_creation").bound().expectedNs()).isEqualTo(500 * MS);
        assertThat(metrics.timing("plan").bound()).isEqualTo(Bound.UNBOUNDED);
    }

    @Test
    void shouldCountWhatTookLongerThanExpected() {
        final Timing timing = metrics.timing("plan", Duration.ofMillis(5));
        timing.record(5 * MS);
        timing.record(6 * MS);
        assertThat(timing("plan").overExpected()).isEqualTo(1);
        assertThat(metrics.timing("plan")).isSameAs(timing);
        assertThat(metrics.timing("plan", Duration.ofMillis(5))).isSameAs(timing);
        refuses(MetricException.Reason.OTHER_DECLARATION, () -> metrics.timing("plan", Duration.ofMillis(6)));
    }

    @Test
    void shouldCountWhatIsBeyondItsRange() {
        metrics.timing("age").record(TimeUnit.DAYS.toNanos(101));
        assertThat(timing("age").beyondRange()).isEqualTo(1);
        assertThat((double) timing("age").maxNs())
                .isCloseTo((double) TimeUnit.DAYS.toNanos(100), within((double) TimeUnit.DAYS.toNanos(1)));
        assertThat(metrics.snapshot().dropped(MetricNames.VALUES_BEYOND_RANGE)).isEqualTo(1);
    }

    @Test
    @Conforms("T-MCOLL-03")
    void shouldCount() {
        metrics.counter("tries").add(5);
        metrics.counter("tries").increment();
        assertThat(metrics.counter("tries").count()).isEqualTo(6);
        assertThat(metrics.snapshot().counter("tries")).isEqualTo(6);
        assertThat(metrics.snapshot().counter("unknown")).isZero();
        assertThat(metrics.feed().drain(9)).extracting(Measurement::value).containsExactly(5.0, 1.0);
    }

    @Test
    @Conforms("T-MCOLL-04")
    void shouldShowAGauge() {
        final Gauge depth = metrics.gauge("depth", "count");
        depth.set(3.0);
        assertThat(metrics.snapshot().gauge("depth")).contains(new GaugeSummary("depth", "count", 1, 3, 3, 3, 3, 3, 3));
        depth.set(1.5);
        depth.set(0);
        final GaugeSummary summary = metrics.snapshot().gauge("depth").orElseThrow();
        assertThat(summary.last()).isZero();
        assertThat(summary.min()).isZero();
        assertThat(summary.max()).isEqualTo(3);
        assertThat(summary.mean()).isEqualTo(1.5);
        assertThat(summary.p50()).isCloseTo(1.5, within(0.015));
        assertThat(metrics.feed().drain(9)).extracting(Measurement::unit).containsOnly("count");
    }

    @Test
    void shouldOrderTheValuesOfAGaugeOnBothSidesOfZero() {
        final Gauge drift = metrics.gauge("drift", "ms");
        for (int i = -100; i <= 99; i++) {
            drift.set(i);
        }
        final GaugeSummary summary = metrics.snapshot().gauge("drift").orElseThrow();
        assertThat(summary.count()).isEqualTo(200);
        assertThat(summary.min()).isEqualTo(-100);
        assertThat(summary.p50()).isCloseTo(-1, within(0.01));
        assertThat(summary.p99()).isCloseTo(97, within(1.0));
        for (int i = 0; i < 20_000; i++) {
            drift.set(-100);
        }
        assertThat(metrics.snapshot().gauge("drift").orElseThrow().p99()).isCloseTo(-97, within(4.0));
    }

    @Test
    @Conforms("T-MCOLL-05")
    void shouldRecordARate() {
        final Rate rate = metrics.rate("cache_hits");
        rate.record(85.5);
        assertThat(metrics.snapshot().rate("cache_hits")).hasValueSatisfying(summary -> {
            assertThat(summary.last()).isEqualTo(85.5);
            assertThat(summary.mean()).isEqualTo(85.5);
            assertThat(summary.p50()).isCloseTo(85.5, within(0.86));
        });
        assertThat(metrics.feed().poll().unit()).isEqualTo("%");
        final Rate hits = metrics.rate("hits");
        for (int i = 0; i < 4; i++) {
            hits.hit(i > 0);
        }
        assertThat(metrics.snapshot().rate("hits").orElseThrow().mean()).isEqualTo(75);
        assertThat(metrics.snapshot().rate("hits").orElseThrow().p99()).isEqualTo(100);
    }

    @Test
    @Conforms("T-MCOLL-09")
    void shouldRecordAllKindsSideBySide() {
        metrics.timing("a").record(1);
        metrics.counter("b").increment();
        metrics.gauge("c", "bytes").set(1);
        metrics.rate("d").record(1);
        assertThat(metrics.feed().size()).isEqualTo(4);
        assertThat(metrics.feed().drain(4)).extracting(Measurement::kind).containsExactly(MetricKind.values());
    }

    @Test
    @Conforms("T-MMODEL-04")
    void shouldKnowFourKinds() {
        assertThat(MetricKind.values())
                .containsExactly(MetricKind.TIMING, MetricKind.COUNTER, MetricKind.GAUGE, MetricKind.RATE);
    }

    @Test
    @Conforms({"T-MDECO-02", "T-MDECO-04", "T-MDECO-05"})
    void shouldMeasureEachCall() throws Exception {
        final Timing timing = metrics.timing("call");
        for (int i = 1; i <= 3; i++) {
            final int ms = i;
            assertThat(timing.call(() -> {
                        clock.move(ms * 100L);
                        return "answer";
                    }))
                    .isEqualTo("answer");
        }
        timing.run(() -> clock.move(50));
        assertThat(timing("call").count()).isEqualTo(4);
        assertThat(metrics.feed().drain(9)).extracting(Measurement::value).containsExactly(100.0, 200.0, 300.0, 50.0);
    }

    @Test
    @Conforms({"T-MDECO-06", "T-MDECO-07"})
    void shouldCountEachCall() throws Exception {
        assertThat(metrics.counter("calls").call(() -> 7)).isEqualTo(7);
        assertThat(metrics.counter("calls").call(Tags.of("agent", "ann"), () -> 8))
                .isEqualTo(8);
        assertThat(metrics.counter("calls").count()).isEqualTo(2);
        assertThat(metrics.feed().drain(9).get(1).tags().values()).containsEntry("agent", "ann");
    }

    @Test
    @Conforms("T-MDECO-09")
    void shouldMeasureABlockOnce() {
        final Timing.Span span = metrics.timing("block").start();
        try (span) {
            clock.move(70);
        }
        span.close();
        assertThat(timing("block").count()).isEqualTo(1);
        assertThat(timing("block").maxNs()).isEqualTo(70);
    }

    @Test
    @Conforms({"T-MDECO-03", "T-MDECO-10"})
    void shouldCarryTagsWithWhatItMeasures() throws Exception {
        final Tags tags = Tags.of("agent", "ann").withCorrelationId("run-7");
        metrics.timing("call").call(tags, () -> "");
        final Timing.Span span = metrics.timing("block").start(tags);
        span.close();
        assertThat(metrics.feed().drain(9)).extracting(Measurement::tags).containsExactly(tags, tags);
    }

    @Test
    @Conforms("T-MDECO-11")
    void shouldMeasureWhatFailsAndLetTheFailurePass() {
        final Timing timing = metrics.timing("call");
        assertThatThrownBy(() -> timing.call(() -> {
                    clock.move(30);
                    throw new IOException("no");
                }))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> timing.run(() -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(timing("call").count()).isEqualTo(2);
    }

    @Test
    void shouldNotRunBackwards() {
        final Timing.Span span = metrics.timing("block").start();
        clock.move(-5);
        span.close();
        assertThat(timing("block").maxNs()).isZero();
    }

    @Test
    @Conforms("T-MMODEL-03")
    void shouldRefuseANameThatIsNone() {
        for (final String name : new String[] {null, "", "  "}) {
            refuses(MetricException.Reason.BLANK_NAME, () -> metrics.timing(name));
            refuses(MetricException.Reason.BLANK_NAME, () -> metrics.counter(name));
            refuses(MetricException.Reason.BLANK_NAME, () -> metrics.gauge(name, "ms"));
            refuses(MetricException.Reason.BLANK_NAME, () -> metrics.gauge("depth", name));
            refuses(MetricException.Reason.BLANK_NAME, () -> metrics.rate(name));
        }
        refuses(MetricException.Reason.INVALID_NAME, () -> metrics.timing("x".repeat(101)));
        refuses(MetricException.Reason.INVALID_NAME, () -> metrics.timing("a\nb"));
        refuses(MetricException.Reason.INVALID_NAME, () -> metrics.gauge("depth", "x".repeat(21)));
        assertThat(metrics.timing("x".repeat(100)).name()).hasSize(100);
    }

    @Test
    void shouldRefuseTheKernelsOwnNames() {
        refuses(MetricException.Reason.RESERVED_NAME, () -> metrics.counter(MetricNames.SIGNALS_SENT));
        refuses(MetricException.Reason.RESERVED_NAME, () -> metrics.timing("raise_signal"));
        refuses(MetricException.Reason.RESERVED_NAME, () -> metrics.rate("state_set"));
    }

    @Test
    void shouldRefuseANameOfAnotherKindOrUnit() {
        metrics.timing("plan");
        metrics.gauge("depth", "tasks");
        refuses(MetricException.Reason.OTHER_DECLARATION, () -> metrics.counter("plan"));
        refuses(MetricException.Reason.OTHER_DECLARATION, () -> metrics.gauge("depth", "bytes"));
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        refuses(
                MetricException.Reason.NEGATIVE_DURATION,
                () -> metrics.timing("plan").record(-1));
        refuses(
                MetricException.Reason.NEGATIVE_DURATION,
                () -> metrics.timing("plan").record(Duration.ofMillis(-1)));
        refuses(MetricException.Reason.NEGATIVE_DURATION, () -> metrics.timing("late", Duration.ofMillis(-1)));
        refuses(
                MetricException.Reason.NEGATIVE_AMOUNT,
                () -> metrics.counter("tries").add(-1));
        refuses(
                MetricException.Reason.NOT_A_NUMBER,
                () -> metrics.gauge("depth", "tasks").set(Double.NaN));
        refuses(
                MetricException.Reason.NOT_A_NUMBER,
                () -> metrics.gauge("depth", "tasks").set(Double.NEGATIVE_INFINITY));
        refuses(MetricException.Reason.NOT_A_NUMBER, () -> metrics.rate("hits").record(Double.NaN));
        refuses(
                MetricException.Reason.RATE_OUT_OF_RANGE,
                () -> metrics.rate("hits").record(100.1));
        refuses(
                MetricException.Reason.RATE_OUT_OF_RANGE,
                () -> metrics.rate("hits").record(-0.1));
        assertThat(metrics.snapshot().table()).isEmpty();
        assertThat(metrics.feed().isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseWhatHasNoRoom() {
        final Metrics small = clock.metrics(MetricsConfig.off().withRecordersMax(2));
        small.counter("a");
        small.counter("b");
        refuses(MetricException.Reason.REGISTRY_FULL, () -> small.counter("c"));
        refuses(MetricException.Reason.REGISTRY_FULL, () -> small.timing("c"));
        small.counter("a").increment();
        assertThat(small.snapshot().counters()).containsOnlyKeys("a", "b");
    }

    @Test
    void shouldRefuseTagsThatAreNone() {
        refuses(MetricException.Reason.INVALID_TAGS, () -> Tags.of("agent"));
        refuses(MetricException.Reason.INVALID_TAGS, () -> Tags.of("agent", "ann", "agent", "ben"));
        refuses(MetricException.Reason.BLANK_NAME, () -> Tags.of("", "ann"));
        refuses(MetricException.Reason.BLANK_NAME, () -> Tags.of("agent", null));
        refuses(MetricException.Reason.INVALID_NAME, () -> Tags.of("agent", "x".repeat(101)));
        refuses(MetricException.Reason.BLANK_NAME, () -> Tags.NONE.withCorrelationId(" "));
        final String[] many = new String[2 * (Tags.COUNT_MAX + 1)];
        for (int i = 0; i < many.length; i++) {
            many[i] = "t" + i;
        }
        refuses(MetricException.Reason.INVALID_TAGS, () -> Tags.of(many));
    }

    @Test
    void shouldRefuseSettingsThatCannotBe() {
        assertThatThrownBy(() -> MetricsConfig.on().withRecordersMax(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MetricsConfig.on().withFeedCapacity(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MetricsConfig.on().withFeedCapacity(MetricsConfig.FEED_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refuses(final MetricException.Reason reason, final Runnable asking) {
        assertThatThrownBy(asking::run).isInstanceOfSatisfying(MetricException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessageStartingWith(reason + ": ");
        });
    }
}
