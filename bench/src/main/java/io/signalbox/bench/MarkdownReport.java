package io.signalbox.bench;

import java.util.List;

/** The report that a person reads. */
final class MarkdownReport {
    private static final int BAR_WIDTH = 48;
    private static final double BAR_RATIO_MAX = 4.0;

    private MarkdownReport() {}

    static String of(final List<ReportRow> rows, final Machine machine, final Bench bench) {
        final StringBuilder text = new StringBuilder();
        text.append("# Signalbox bench\n\n");
        line(
                text,
                "%s, %d cores; %s; flags of the forks: %s; load at the start %.2f."
                        .formatted(
                                machine.machine(),
                                machine.cores(),
                                machine.jdk(),
                                machine.flags().isEmpty() ? "none" : String.join(" ", machine.flags()),
                                machine.load()));
        text.append("Times are nanoseconds. Only the ratios mean something on another machine.\n\n");
        text.append("## Ratios, pair by pair\n\n```text\n");
        rows.stream().filter(row -> row.ratioP50() != null).forEach(row -> line(text, verdict(row)));
        text.append("\n");
        rows.stream()
                .filter(row -> row.ratioP50() != null)
                .forEach(row -> line(text, "%-28s %s".formatted(row.id(), bar(row))));
        line(
                text,
                "%-28s 0%s1%s%.0f   - range of the pairs, o median, | equal to the baseline, ! goal"
                        .formatted(
                                "", " ".repeat(BAR_WIDTH / 4 - 1), " ".repeat(BAR_WIDTH * 3 / 4 - 2), BAR_RATIO_MAX));
        text.append("```\n\n## Rows\n\n");
        text.append("| id | unit | p50 | p99 | p99.9 | max | mean | mean, untimed | one way p50 | p50 over forks "
                + "| extra spinners | threads | turns checked | noise |\n");
        text.append("|---|---|---:|---:|---:|---:|---:|---:|---:|---|---:|---|---:|---|\n");
        for (final ReportRow row : rows) {
            line(
                    text,
                    ("| `%s` | %s | %,.0f | %,.0f | %,.0f | %,.0f | %,.1f | %,.1f | %s | %,.0f to %,.0f | %d | %s | %,d "
                                    + "| %.1f %%, gap %.1f ms |")
                            .formatted(
                                    row.id(),
                                    row.unit(),
                                    row.p50(),
                                    row.p99(),
                                    row.p999(),
                                    row.max(),
                                    row.mean(),
                                    row.meanUntimed(),
                                    row.oneWayP50() == 0 ? "" : "%,.0f".formatted(row.oneWayP50()),
                                    row.p50Min(),
                                    row.p50Max(),
                                    row.extraSpinners(),
                                    row.threads(),
                                    row.turnsChecked(),
                                    100 * row.noiseShare(),
                                    row.noiseGapMaxNs() / 1e6));
        }
        text.append(
                "\nA pair of time stamps costs %.0f ns here; p50 to max and mean contain it once, \"mean, untimed\" does not.\n"
                        .formatted(rows.isEmpty() ? 0 : rows.get(0).clockCost()));
        bench.choices()
                .forEach((candidates, chosen) -> line(
                        text,
                        "%nBaseline `%s` was the fastest of %s.".formatted(chosen, String.join(", ", candidates))));
        text.append("\n![Latency by percentile](report.svg)\n\n## What the rows are\n\n");
        rows.forEach(row -> line(text, "- `%s`: %s.".formatted(row.id(), row.what())));
        if (!bench.failures().isEmpty()) {
            text.append("\n## Failed their own check\n\n");
            bench.failures().forEach((id, why) -> line(text, "- `%s`: %s".formatted(id, why)));
        }
        return text.toString();
    }

    /** One line: the ratio, its range, and whether the goal is met. */
    static String verdict(final ReportRow row) {
        final String goal =
                row.met() == null ? "" : "  goal %s: %s".formatted(row.goal(), row.met() ? "met" : "NOT MET");
        return "%-28s p50 %.2f (%.2f to %.2f, best forks %.2f)  p99 %.2f (%.2f to %.2f)  of %s%s"
                .formatted(
                        row.id(),
                        row.ratioP50(),
                        row.ratioP50Min(),
                        row.ratioP50Max(),
                        row.ratioP50OfBest(),
                        row.ratioP99(),
                        row.ratioP99Min(),
                        row.ratioP99Max(),
                        row.baselineId(),
                        goal);
    }

    private static String bar(final ReportRow row) {
        final char[] cells = " ".repeat(BAR_WIDTH + 1).toCharArray();
        cells[BAR_WIDTH / 4] = '|';
        for (int i = cell(row.ratioP50Min()); i <= cell(row.ratioP50Max()); i++) {
            cells[i] = '-';
        }
        if (row.goal() != null) {
            cells[cell(Double.parseDouble(row.goal().substring(row.goal().lastIndexOf(' ') + 1)))] = '!';
        }
        cells[cell(row.ratioP50())] = 'o';
        return new String(cells) + (row.ratioP50() > BAR_RATIO_MAX ? "> %.1f".formatted(row.ratioP50()) : "");
    }

    private static int cell(final double ratio) {
        return (int) Math.round(Math.min(ratio, BAR_RATIO_MAX) / BAR_RATIO_MAX * BAR_WIDTH);
    }

    private static void line(final StringBuilder text, final String line) {
        text.append(line).append('\n');
    }
}
