package io.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Row ROW =
            new Row("signal.sample", "A sample", "ns per round trip", "sample", List.of("baseline"), 1.2, true);

    @TempDir
    private Path directory;

    @Test
    void shouldTakeTheRatioPairByPairAndTheMedianOfThem() {
        final ReportRow row = reported(List.of(pair(100, 110), pair(200, 260), pair(1_000, 1_150)));

        assertThat(row.ratioP50()).isEqualTo(1.15);
        assertThat(row.ratioP50Min()).isEqualTo(1.1);
        assertThat(row.ratioP50Max()).isEqualTo(1.3);
        assertThat(row.p50()).isEqualTo(260);
        assertThat(row.met()).isTrue();
        assertThat(row.baselineId()).isEqualTo("baseline");
    }

    @Test
    void shouldSayThatAGoalIsNotMet() {
        final ReportRow row = reported(List.of(pair(100, 130)));

        assertThat(row.met()).isFalse();
        assertThat(MarkdownReport.verdict(row)).contains("goal ratio_p50 <= 1.2: NOT MET");
    }

    @Test
    void shouldWriteTheFixedNamesOfEveryRow() throws IOException {
        final Path file = directory.resolve("report.json");

        Json.write(file, List.of(reported(List.of(pair(100, 110)))));

        assertThat(Files.readString(file))
                .startsWith("[")
                .contains("\"id\"", "\"what\"", "\"unit\"", "\"p50\"", "\"p99\"", "\"p999\"", "\"max\"", "\"mean\"")
                .contains("\"baseline_id\"", "\"ratio_p50\"", "\"ratio_p99\"", "\"goal\"", "\"met\"")
                .contains("\"ratio_p50_min\"", "\"noise_share\"", "\"machine\"", "\"jdk\"", "\"flags\"", "\"cores\"");
    }

    @Test
    void shouldDrawOneCurveARow() {
        final String svg = PercentilePlot.svg(
                Map.of("one", List.of(measurement("one", 100)), "two", List.of(measurement("two", 200))));

        assertThat(svg.split("<polyline", -1)).hasSize(3);
    }

    private static ReportRow reported(final List<Pair> pairs) {
        return ReportRow.of(
                ROW,
                pairs,
                pairs.stream().map(Pair::subject).toList(),
                NoiseFloor.NONE,
                "quick",
                new Machine("machine", 2, "jdk", List.of(), 0));
    }

    private static Pair pair(final double baselineP50, final double subjectP50) {
        return new Pair(measurement("baseline", baselineP50), measurement("sample", subjectP50));
    }

    private static Measurement measurement(final String subject, final double p50) {
        final Histogram histogram = Measurement.newHistogram();
        histogram.recordValue((long) p50);
        final String encoded = Measurement.encode(histogram);
        return new Measurement(
                subject, p50, 2 * p50, 3 * p50, 4 * p50, p50, p50, 20, p50 / 2, p50, 1, 1, 0, "2 threads", encoded);
    }
}
