package io.signalbox.kernel.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A snapshot as tables of text: the first column to the left, the others to the right, two spaces between. */
final class MetricsTable {
    private static final String NONE = "-";
    private static final long US = 1000;
    private static final long MS = 1000 * US;
    private static final long SECOND = 1000 * MS;
    private static final double SHORT = 10;

    private final List<String[]> rows = new ArrayList<>();

    private MetricsTable(final String... heads) {
        rows.add(heads);
    }

    static String of(final MetricsSnapshot snapshot) {
        return List.of(
                        timings(snapshot.timings()),
                        gauges(snapshot.gauges()),
                        rates(snapshot.rates()),
                        counts("counter", "count", snapshot.counters()),
                        counts("room", "facts", byName(snapshot.facts())),
                        counts("refusal", "count", byName(snapshot.refusals())),
                        counts("dropped", "count", snapshot.drops()))
                .stream()
                .filter(table -> table.rows.size() > 1)
                .map(MetricsTable::text)
                .collect(Collectors.joining("\n"));
    }

    private static MetricsTable timings(final List<TimingSummary> timings) {
        final MetricsTable table = new MetricsTable(
                "timing", "count", "p50", "p90", "p99", "p99.9", "max", "mean", "bound", "over", "ours", "over");
        for (final TimingSummary timing : timings) {
            if (timing.count() > 0) {
                table.add(
                        timing.name(),
                        count(timing.count()),
                        duration(timing.p50Ns()),
                        duration(timing.p90Ns()),
                        duration(timing.p99Ns()),
                        duration(timing.p999Ns()),
                        duration(timing.maxNs()),
                        duration(timing.meanNs()),
                        duration(timing.bound().expectedNs()),
                        over(timing.bound().expectedNs(), timing.overExpected()),
                        duration(timing.bound().ownNs()),
                        over(timing.bound().ownNs(), timing.overOwn()));
            }
        }
        return table;
    }

    private static MetricsTable gauges(final List<GaugeSummary> gauges) {
        final MetricsTable table =
                new MetricsTable("gauge", "unit", "count", "last", "min", "p50", "p99", "max", "mean");
        for (final GaugeSummary gauge : gauges) {
            if (gauge.count() > 0) {
                table.add(
                        gauge.name(),
                        gauge.unit(),
                        count(gauge.count()),
                        number(gauge.last()),
                        number(gauge.min()),
                        number(gauge.p50()),
                        number(gauge.p99()),
                        number(gauge.max()),
                        number(gauge.mean()));
            }
        }
        return table;
    }

    private static MetricsTable rates(final List<RateSummary> rates) {
        final MetricsTable table = new MetricsTable("rate", "count", "last", "p50", "p99", "mean");
        for (final RateSummary rate : rates) {
            if (rate.count() > 0) {
                table.add(
                        rate.name(),
                        count(rate.count()),
                        number(rate.last()) + " %",
                        number(rate.p50()) + " %",
                        number(rate.p99()) + " %",
                        number(rate.mean()) + " %");
            }
        }
        return table;
    }

    private static MetricsTable counts(final String what, final String head, final Map<String, Long> counts) {
        final MetricsTable table = new MetricsTable(what, head);
        counts.forEach((name, count) -> {
            if (count > 0) {
                table.add(name, count(count));
            }
        });
        return table;
    }

    private static SortedMap<String, Long> byName(final Map<? extends Enum<?>, Long> counts) {
        final SortedMap<String, Long> byName = new TreeMap<>();
        counts.forEach((key, count) -> byName.put(key.name(), count));
        return byName;
    }

    private void add(final String... cells) {
        rows.add(cells);
    }

    private String text() {
        final int[] widths = new int[rows.get(0).length];
        for (final String[] row : rows) {
            Arrays.setAll(widths, column -> Math.max(widths[column], row[column].length()));
        }
        final StringBuilder text = new StringBuilder();
        for (final String[] row : rows) {
            text.append(row[0]).append(" ".repeat(widths[0] - row[0].length()));
            for (int column = 1; column < row.length; column++) {
                text.append(" ".repeat(2 + widths[column] - row[column].length()))
                        .append(row[column]);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String count(final long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String number(final double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }

    private static String over(final long boundNs, final long count) {
        return boundNs == Bound.NONE ? NONE : count(count);
    }

    /** In the largest unit that leaves a whole number before the point. */
    static String duration(final long durationNs) {
        if (durationNs == Bound.NONE) {
            return NONE;
        }
        if (durationNs < US) {
            return durationNs + " ns";
        }
        if (durationNs < MS) {
            return scaled(durationNs, US, "us");
        }
        return durationNs < SECOND ? scaled(durationNs, MS, "ms") : scaled(durationNs, SECOND, "s");
    }

    private static String scaled(final long durationNs, final long unitNs, final String unit) {
        final double value = (double) durationNs / unitNs;
        final boolean isWhole = durationNs % unitNs == 0 || value >= SHORT;
        return String.format(Locale.ROOT, isWhole ? "%,.0f %s" : "%,.1f %s", value, unit);
    }
}
