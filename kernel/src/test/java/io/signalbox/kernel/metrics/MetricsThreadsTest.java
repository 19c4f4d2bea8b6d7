package io.signalbox.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers while writers write: nobody waits for a reader, and in the end every record is there once. */
@Timeout(120)
class MetricsThreadsTest {
    private static final int WRITERS = 4;
    private static final int ROUNDS = 50_000;

    private final Metrics metrics = new Clockwork().metrics(MetricsConfig.off());

    @Test
    @Conforms("GAP-METRIC-1")
    void shouldCountEverythingOnceWhileReadersRead() throws InterruptedException {
        final AtomicReference<AssertionError> failure = new AtomicReference<>();
        final List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            final Thread reader = new Thread(() -> read(failure));
            readers.add(reader);
            reader.start();
        }
        MeasurementFeedTest.inThreads(WRITERS, this::write);
        for (final Thread reader : readers) {
            reader.interrupt();
            reader.join();
        }
        assertThat(failure.get()).isNull();

        final MetricsSnapshot end = metrics.snapshot();
        final long all = (long) WRITERS * ROUNDS;
        final TimingSummary plan = end.timing("coordination_signal").orElseThrow();
        assertThat(plan.count()).isEqualTo(all);
        assertThat(plan.overExpected()).isEqualTo(all / 2);
        assertThat(plan.overOwn()).isEqualTo(all / 2);
        assertThat(end.counter("tries")).isEqualTo(3 * all);
        final GaugeSummary depth = end.gauge("depth").orElseThrow();
        assertThat(depth.count()).isEqualTo(2 * all);
        assertThat(depth.mean()).isZero();
        assertThat(depth.min()).isEqualTo(-ROUNDS);
        assertThat(depth.max()).isEqualTo(ROUNDS);
        assertThat(end.rate("hits").orElseThrow().count()).isEqualTo(all);
        assertThat(end.rate("hits").orElseThrow().mean()).isEqualTo(50);
    }

    private void write() {
        for (int i = 1; i <= ROUNDS; i++) {
            metrics.timing("coordination_signal").record(i % 2 == 0 ? 1 : 200_000_000);
            metrics.counter("tries").add(3);
            metrics.gauge("depth", "tasks").set(i);
            metrics.gauge("depth", "tasks").set(-i);
            metrics.rate("hits").hit(i % 2 == 0);
        }
    }

    private void read(final AtomicReference<AssertionError> failure) {
        try {
            long seen = 0;
            while (!Thread.currentThread().isInterrupted()) {
                final MetricsSnapshot snapshot = metrics.snapshot();
                final long count = snapshot.timing("coordination_signal")
                        .map(TimingSummary::count)
                        .orElse(0L);
                assertThat(count).as("a count never falls").isGreaterThanOrEqualTo(seen);
                seen = count;
            }
        } catch (final AssertionError e) {
            failure.set(e);
        }
    }

    @Test
    void shouldLeaveTheReadersInterruptAlone() {
        metrics.timing("plan").record(1);
        Thread.currentThread().interrupt();
        assertThat(metrics.snapshot().timing("plan").orElseThrow().count()).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldAllocateNothingWhenItRecords() {
        final Timing timing = metrics.timing("plan");
        final Counter counter = metrics.counter("tries");
        final Rate rate = metrics.rate("hits");
        final KernelMeter meter = KernelMeter.of(MetricsConfig.on(), () -> 7, 64, 0, 16, 0);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            final long before = allocated();
            for (int i = 0; i < 10_000; i++) {
                timing.record(i);
                counter.increment();
                rate.hit(true);
                meter.published(i, meter.startNs());
                meter.delivered((long) i << 16, 3);
                meter.turned(1);
            }
            least = Math.min(least, allocated() - before);
        }
        assertThat(least).as("bytes for 10,000 rounds").isLessThan(10_000);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
