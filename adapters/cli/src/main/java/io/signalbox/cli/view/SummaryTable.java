package io.signalbox.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands under a finished run: a row for each step, the totals, the outputs. A pure function. */
final class SummaryTable {
    /** With more steps only those that failed or were retried have a row. */
    private static final int ROWS_MAX = 60;

    private static final int STATE_COLUMNS_MIN = 18;

    private SummaryTable() {}

    static List<String> render(final RunProgress progress, final RunSummary summary, final Style style) {
        final List<String> lines = new ArrayList<>();
        final List<RunProgress.Row> all = progress.rows();
        final List<RunProgress.Row> rows = all.size() <= ROWS_MAX
                ? all
                : all.stream()
                        .filter(row -> row.state().isFailure() || row.retries() > 0)
                        .limit(ROWS_MAX)
                        .toList();
        final int name = Math.max(
                4, rows.stream().mapToInt(row -> Words.width(row.label())).max().orElse(0));
        final int state = Math.max(
                STATE_COLUMNS_MIN,
                rows.stream().mapToInt(row -> state(row).length()).max().orElse(0));
        lines.add(style.bold("   " + Words.pad("step", name) + "  " + Words.pad("state", state)
                + Words.padLeft("time", 10) + Words.padLeft("retries", 9)));
        for (final RunProgress.Row row : rows) {
            lines.add(" " + style.colour(row.state(), style.glyph(row.state())) + " " + Words.pad(row.label(), name)
                    + "  "
                    + style.colour(row.state(), Words.pad(state(row), state)) + Words.padLeft(time(row), 10)
                    + (row.retries() == 0 ? "" : Words.padLeft(Integer.toString(row.retries()), 9)));
        }
        if (rows.size() < all.size()) {
            lines.add("   (" + (all.size() - rows.size()) + " more)");
        }
        lines.add("");
        lines.add(total(progress, summary, style));
        lines.add(String.format(
                Locale.ROOT,
                " wall time %s%ssteps together %s%sspeed-up %.1fx%sretries %d%sjournal position %d",
                Words.duration(summary.wallMs()),
                style.dot(),
                Words.duration(summary.stepsMs()),
                style.dot(),
                summary.speedUp(),
                style.dot(),
                summary.retries(),
                style.dot(),
                summary.position()));
        summary.resultDigest().ifPresent(digest -> lines.add(style.dim(" result digest " + digest)));
        outputs(summary, style, lines);
        summary.hint().ifPresent(hint -> lines.add(" " + hint));
        return lines;
    }

    private static String state(final RunProgress.Row row) {
        final String word = row.stopped() > 0 && row.state() == StepState.CANCELLED
                ? "stopped"
                : row.state().word().replace('_', ' ');
        if (row.hasNoInstances()) {
            return "no instances";
        }
        if (row.isBlock()) {
            return word + row.winner();
        }
        final String before =
                row.parts.values().stream().allMatch(part -> part.note.equals("before")) && !row.parts.isEmpty()
                        ? " before"
                        : "";
        return row.isForeach && !row.parts.isEmpty()
                ? word + " " + row.count(StepState.SUCCEEDED) + "/" + row.partsExpected + before + row.winner()
                : word + before;
    }

    private static String time(final RunProgress.Row row) {
        final long elapsedMs = row.elapsedMs(0);
        return elapsedMs == 0
                        && row.retries() == 0
                        && row.parts.values().stream().noneMatch(part -> part.attemptsSeen > 0)
                ? ""
                : Words.duration(elapsedMs);
    }

    private static String total(final RunProgress progress, final RunSummary summary, final Style style) {
        final StepState mood = switch (summary.state()) {
            case SUCCEEDED -> StepState.SUCCEEDED;
            case FAILED, FINISHED_WITH_FAILURES, TIMED_OUT -> StepState.FAILED;
            case STOPPED, RUNNING, CANCELLED, COMPENSATED -> StepState.CANCELLED;
        };
        final List<String> words = new ArrayList<>();
        words.add(Words.count(progress.total(), "step"));
        words.add(progress.count(StepState.SUCCEEDED) + " succeeded");
        add(words, progress.count(StepState.FAILED), "failed");
        add(words, progress.count(StepState.TIMED_OUT), "timed out");
        add(words, progress.stopped(), "stopped");
        add(words, progress.count(StepState.CANCELLED) - progress.stopped(), "cancelled");
        add(words, progress.count(StepState.SKIPPED), "skipped");
        add(words, progress.total() - progress.over(), "not run");
        return " " + style.colour(mood, style.bold(summary.state().word().replace('_', ' '))) + ": "
                + String.join(", ", words);
    }

    private static void add(final List<String> words, final int count, final String what) {
        if (count > 0) {
            words.add(count + " " + what);
        }
    }

    private static void outputs(final RunSummary summary, final Style style, final List<String> lines) {
        if (summary.outputs().isEmpty()) {
            return;
        }
        lines.add(style.bold(" outputs"));
        final int name = summary.outputs().stream()
                .mapToInt(output -> Words.width(label(output)))
                .max()
                .orElse(0);
        final int size = summary.outputs().stream()
                .mapToInt(output -> Words.size(output.sizeBytes()).length())
                .max()
                .orElse(0);
        for (final OutputFile output : summary.outputs()) {
            lines.add("   " + Words.pad(label(output), name) + "  "
                    + Words.padLeft(Words.size(output.sizeBytes()), size) + "  "
                    + SafeText.line(output.path().toString()));
        }
    }

    private static String label(final OutputFile output) {
        return SafeText.line(output.step() + "." + output.name());
    }
}
