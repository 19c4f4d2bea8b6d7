package io.signalbox.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsTableTest {
    private final Metrics metrics = new Clockwork().metrics(MetricsConfig.off().withFeedCapacity(2));

    @Test
    void shouldShowATableForEachKind() {
        metrics.timing("coordination_signal").record(800);
        metrics.timing("plan", Duration.ofMillis(5)).record(Duration.ofSeconds(12));
        metrics.counter("tries").add(1234);
        metrics.counter("never");
        metrics.gauge("context_size_bytes", "bytes").set(1500);
        metrics.rate("hits").record(50);
        assertThat(metrics.snapshot().table()).isEqualTo("""
                        timing               count     p50     p90     p99   p99.9     max    mean   bound  over  ours  over
                        coordination_signal      1  803 ns  803 ns  803 ns  803 ns  803 ns  802 ns  100 ms     0  1 ms     0
                        plan                     1    12 s    12 s    12 s    12 s    12 s    12 s    5 ms     1     -     -

                        gauge                unit  count   last    min    p50    p99    max   mean
                        context_size_bytes  bytes      1  1,500  1,500  1,500  1,500  1,500  1,500

                        rate  count  last      p50      p99  mean
                        hits      1  50 %  50.23 %  50.23 %  50 %

                        counter  count
                        tries    1,234

                        dropped               count
                        measurements_dropped      3
                        """);
    }

    @Test
    void shouldWriteDurationsInTheUnitThatFits() {
        assertThat(MetricsTable.duration(0)).isEqualTo("0 ns");
        assertThat(MetricsTable.duration(999)).isEqualTo("999 ns");
        assertThat(MetricsTable.duration(1000)).isEqualTo("1 us");
        assertThat(MetricsTable.duration(1234)).isEqualTo("1.2 us");
        assertThat(MetricsTable.duration(12_345)).isEqualTo("12 us");
        assertThat(MetricsTable.duration(1_500_000)).isEqualTo("1.5 ms");
        assertThat(MetricsTable.duration(2_000_000_000L)).isEqualTo("2 s");
        assertThat(MetricsTable.duration(Bound.NONE)).isEqualTo("-");
    }
}
