package io.signalbox.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeasurementFeedTest {
    private final Clockwork clock = new Clockwork();

    private Metrics withCapacity(final int capacity) {
        return clock.metrics(MetricsConfig.off().withFeedCapacity(capacity));
    }

    private static void write(final Metrics metrics, final int from, final int to) {
        for (int value = from; value <= to; value++) {
            metrics.gauge("value", "count").set(value);
        }
    }

    private static List<Integer> values(final List<Measurement> measurements) {
        return measurements.stream().map(one -> (int) one.value()).toList();
    }

    @Test
    @Conforms({"T-RING-01", "T-MCOLL-01"})
    void shouldBeginEmpty() {
        final MeasurementFeed feed = withCapacity(100).feed();
        assertThat(feed.capacity()).isEqualTo(100);
        assertThat(feed.size()).isZero();
        assertThat(feed.isEmpty()).isTrue();
        assertThat(feed.isFull()).isFalse();
        assertThat(feed.recorded()).isZero();
        assertThat(feed.dropped()).isZero();
    }

    @Test
    @Conforms("T-RING-03")
    void shouldTakeOneMeasurementIntoOnePlace() {
        final Metrics metrics = withCapacity(10);
        write(metrics, 1, 1);
        assertThat(metrics.feed().size()).isEqualTo(1);
        assertThat(metrics.feed().isEmpty()).isFalse();
    }

    @Test
    @Conforms("T-RING-05")
    void shouldGiveTheOldestFirst() {
        final Metrics metrics = withCapacity(10);
        write(metrics, 0, 4);
        assertThat(values(metrics.feed().drain(3))).containsExactly(0, 1, 2);
        assertThat(metrics.feed().size()).isEqualTo(2);
    }

    @Test
    @Conforms("T-RING-06")
    void shouldGiveNoMoreThanThereIs() {
        final Metrics metrics = withCapacity(10);
        write(metrics, 1, 5);
        assertThat(values(metrics.feed().drain(10))).containsExactly(1, 2, 3, 4, 5);
        assertThat(metrics.feed().isEmpty()).isTrue();
    }

    @Test
    @Conforms({"T-RING-07", "T-MCOLL-06"})
    void shouldGiveNothingWhenThereIsNothing() {
        final MeasurementFeed feed = withCapacity(10).feed();
        assertThat(feed.drain(10)).isEmpty();
        assertThat(feed.poll()).isNull();
        assertThat(feed.size()).isZero();
    }

    @Test
    @Conforms("T-RING-08")
    void shouldUseItsPlacesAgain() {
        final Metrics metrics = withCapacity(5);
        write(metrics, 0, 4);
        assertThat(values(metrics.feed().drain(3))).containsExactly(0, 1, 2);
        write(metrics, 5, 7);
        assertThat(values(metrics.feed().drain(9))).containsExactly(3, 4, 5, 6, 7);
        assertThat(metrics.feed().dropped()).isZero();
    }

    @Test
    @Conforms({"T-RING-09", "GAP-METRIC-1"})
    void shouldDropTheOldestWhenItIsFullAndCountThem() {
        final Metrics metrics = withCapacity(5);
        write(metrics, 0, 9);
        assertThat(metrics.feed().size()).isEqualTo(5);
        assertThat(metrics.feed().isFull()).isTrue();
        assertThat(values(metrics.feed().drain(9))).containsExactly(5, 6, 7, 8, 9);
        assertThat(metrics.feed().dropped()).isEqualTo(5);
        assertThat(metrics.feed().recorded()).isEqualTo(10);
        assertThat(metrics.snapshot().dropped(MetricNames.MEASUREMENTS_DROPPED)).isEqualTo(5);
        assertThat(metrics.snapshot().gauge("value").orElseThrow().count())
                .as("summaries miss nothing")
                .isEqualTo(10);
    }

    @Test
    void shouldKeepOneAtLeast() {
        final Metrics metrics = withCapacity(1);
        write(metrics, 0, 9);
        assertThat(values(metrics.feed().drain(9))).containsExactly(9);
        assertThat(metrics.feed().dropped()).isEqualTo(9);
    }

    @Test
    void shouldTakeNothingWhenItIsSwitchedOff() {
        final Metrics metrics = withCapacity(0);
        write(metrics, 0, 9);
        assertThat(metrics.feed().capacity()).isZero();
        assertThat(metrics.feed().drain(9)).isEmpty();
        assertThat(metrics.feed().recorded()).isZero();
        assertThat(metrics.feed().dropped()).isZero();
    }

    @Test
    @Conforms("T-RING-10")
    void shouldForgetWhatItHolds() {
        final Metrics metrics = withCapacity(10);
        write(metrics, 1, 5);
        metrics.feed().clear();
        assertThat(metrics.feed().isEmpty()).isTrue();
        assertThat(metrics.feed().dropped()).isZero();
    }

    @Test
    @Conforms({"T-MMODEL-01", "T-MCOLL-10"})
    void shouldSayAllAboutAMeasurement() {
        final Metrics metrics = withCapacity(10);
        clock.move(1_000);
        metrics.timing("plan").record(42_500_000, Tags.of("agent", "ann").withCorrelationId("run-7"));
        final Measurement measurement = metrics.feed().poll();
        assertThat(measurement.name()).isEqualTo("plan");
        assertThat(measurement.kind()).isEqualTo(MetricKind.TIMING);
        assertThat(measurement.value()).isEqualTo(42_500_000);
        assertThat(measurement.unit()).isEqualTo("ns");
        assertThat(measurement.tags().values()).containsOnlyKeys("agent").containsEntry("agent", "ann");
        assertThat(measurement.tags().correlationId()).isEqualTo("run-7");
        assertThat(measurement.timestampNs()).isEqualTo(1_000);
        assertThat(measurement.id()).isEqualTo(1);
        assertThat(metrics.feed().isEmpty()).isTrue();
    }

    @Test
    @Conforms("T-MMODEL-02")
    void shouldNeedNeitherTagsNorCorrelation() {
        final Metrics metrics = withCapacity(10);
        metrics.counter("tries").increment();
        assertThat(metrics.feed().poll().tags()).isEqualTo(Tags.NONE);
        assertThat(Tags.NONE.values()).isEmpty();
        assertThat(Tags.NONE.correlationId()).isNull();
    }

    @Test
    @Conforms({"T-RING-13", "T-MCOLL-13"})
    void shouldTakeFarLessThanATenthOfAMillisecond() {
        final Metrics metrics = withCapacity(1000);
        final Timing timing = metrics.timing("plan");
        final long startedNs = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            timing.record(i);
        }
        assertThat(System.nanoTime() - startedNs).isLessThan(1000 * 100_000L);
    }

    @Test
    @Conforms({"T-RING-11", "T-MCOLL-14"})
    void shouldKeepWhatManyThreadsRecord() throws InterruptedException {
        final Metrics metrics = withCapacity(1000);
        inThreads(10, () -> write(metrics, 1, 100));
        assertThat(metrics.feed().size()).isEqualTo(1000);
        assertThat(metrics.feed().dropped()).isZero();
        final List<Measurement> drained = metrics.feed().drain(2000);
        assertThat(drained).extracting(Measurement::id).doesNotHaveDuplicates().hasSize(1000);
    }

    @Test
    @Conforms("T-RING-12")
    void shouldLoseNothingUncountedBesideAReader() throws InterruptedException {
        final Metrics metrics = withCapacity(64);
        final AtomicLong read = new AtomicLong();
        final Thread reader = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                read.addAndGet(metrics.feed().drain(10).size());
            }
        });
        reader.start();
        inThreads(4, () -> write(metrics, 1, 20_000));
        reader.interrupt();
        reader.join();
        final int left = metrics.feed().drain(1000).size();
        assertThat(left).isLessThanOrEqualTo(64);
        assertThat(read.get()).isPositive();
        assertThat(read.get() + left + metrics.feed().dropped())
                .isEqualTo(80_000)
                .isEqualTo(metrics.feed().recorded());
        assertThat(metrics.feed().size()).isZero();
    }

    static void inThreads(final int count, final Runnable work) throws InterruptedException {
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Thread thread = new Thread(work);
            threads.add(thread);
            thread.start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
    }
}
