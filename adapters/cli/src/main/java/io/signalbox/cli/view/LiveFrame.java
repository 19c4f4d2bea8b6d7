package io.signalbox.cli.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One picture of a run for a terminal of a given size. A pure function of the progress and the time. */
final class LiveFrame {
    private static final int WIDTH_MIN = 20;
    private static final int BAR_COLUMNS_MAX = 40;

    private final RunProgress progress;
    private final Style style;
    private final int columns;
    private final int rowsMax;
    private final long nowMs;

    LiveFrame(final RunProgress progress, final Style style, final int columns, final int lines, final long nowMs) {
        this.progress = progress;
        this.style = style;
        this.columns = Math.max(WIDTH_MIN, columns) - 1;
        // the head, the bar and the cursor's own line
        rowsMax = Math.max(1, lines - 3);
        this.nowMs = nowMs;
    }

    List<String> render(final RunStart start, final long elapsedMs) {
        final List<String> lines = new ArrayList<>();
        final String time = Words.duration(elapsedMs);
        final int room = Math.max(1, columns - Words.width(time) - 1);
        final String head = Words.fit(SafeText.line(start.workflow()) + "  " + start.runId(), room);
        lines.add(style.bold(Words.pad(head, room)) + " " + style.dim(time));
        final List<RunProgress.Row> rows = progress.rows();
        final List<RunProgress.Row> shown = shown(rows);
        final int nameColumns = Math.min(
                Math.max(8, columns / 2),
                shown.stream().mapToInt(row -> Words.width(row.label())).max().orElse(0));
        for (final RunProgress.Row row : shown) {
            lines.add(line(row, nameColumns));
        }
        if (shown.size() < rows.size()) {
            lines.add(style.dim(Words.fit(hidden(rows, shown), columns)));
        }
        lines.add(bar());
        return lines;
    }

    /** All rows in order when they fit; else what runs, then what changed last, still in the order of the file. */
    private List<RunProgress.Row> shown(final List<RunProgress.Row> rows) {
        if (rows.size() <= rowsMax) {
            return rows;
        }
        final int room = Math.max(1, rowsMax - 1);
        final Set<RunProgress.Row> chosen = new HashSet<>(rows.stream()
                .sorted(Comparator.comparingInt(LiveFrame::rank)
                        .thenComparing(Comparator.comparingLong((RunProgress.Row row) -> row.changedAt)
                                .reversed()))
                .limit(room)
                .toList());
        return rows.stream().filter(chosen::contains).toList();
    }

    private static int rank(final RunProgress.Row row) {
        return switch (row.state()) {
            case RUNNING, BACKING_OFF, AWAITING -> 0;
            case FAILED, TIMED_OUT -> 1;
            case SUCCEEDED, CANCELLED, SKIPPED -> row.changedAt > 0 ? 2 : 4;
            case WAITING -> 3;
        };
    }

    private static String hidden(final List<RunProgress.Row> rows, final List<RunProgress.Row> shown) {
        long over = 0;
        long waiting = 0;
        long active = 0;
        for (final RunProgress.Row row : rows) {
            if (!shown.contains(row)) {
                over += row.state().isFinal() ? 1 : 0;
                waiting += row.state() == StepState.WAITING ? 1 : 0;
                active += row.state() == StepState.RUNNING || row.state() == StepState.BACKING_OFF ? 1 : 0;
            }
        }
        return "   and " + Words.count(rows.size() - (long) shown.size(), "more step") + ": " + over + " over, "
                + active + " active, " + waiting + " waiting";
    }

    private String line(final RunProgress.Row row, final int nameColumns) {
        final StepState state = row.state();
        final String name = Words.pad(row.label(), nameColumns);
        final String detail = Words.fit(detail(row, state), Math.max(0, columns - nameColumns - 5));
        return " " + style.colour(state, style.glyph(state)) + " "
                + (state == StepState.WAITING ? style.dim(name) : name)
                + (detail.isEmpty() ? "" : "  " + style.dim(detail));
    }

    private String detail(final RunProgress.Row row, final StepState state) {
        final List<String> words = new ArrayList<>();
        if (row.isBlock()) {
            words.add(row.kind.word()
                    + (row.children.isEmpty() ? "" : " " + row.childrenOver() + "/" + row.children.size())
                    + row.winner());
        }
        if (row.isForeach && !row.parts.isEmpty()) {
            words.add(row.over() + "/" + Math.max(row.partsExpected, row.parts.size()));
        }
        final long elapsedMs = row.elapsedMs(nowMs);
        if (elapsedMs > 0 || state == StepState.RUNNING && !row.isBlock()) {
            words.add(Words.padLeft(Words.duration(elapsedMs), 8));
        }
        if (row.retries() > 0) {
            words.add(row.retries() == 1 ? "1 retry" : row.retries() + " retries");
        }
        row.parts.values().stream()
                .map(part -> part.note)
                .filter(note -> !note.isEmpty())
                .findFirst()
                .ifPresent(words::add);
        return String.join("  ", words);
    }

    private String bar() {
        final int total = progress.total();
        final List<String> words = new ArrayList<>();
        words.add(progress.over() + "/" + Words.count(total, "step"));
        final int running = progress.count(StepState.RUNNING);
        if (running > 0) {
            words.add(running + " running");
        }
        if (progress.failures() > 0) {
            words.add(progress.failures() + " failed");
        }
        final String text = String.join(style.dot(), words);
        final int barColumns = Math.min(BAR_COLUMNS_MAX, columns - Words.width(text) - 3);
        return barColumns < 5
                ? " " + Words.fit(text, columns - 1)
                : " " + style.bar(progress.over(), total, barColumns) + "  " + text;
    }
}
