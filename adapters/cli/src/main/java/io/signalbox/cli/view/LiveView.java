package io.signalbox.cli.view;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A picture of the run on a terminal, drawn over itself at most {@value #FRAMES_PER_SECOND} times a second. Any thread. The cursor
 * is hidden while it runs; {@link #close()} shows it again.
 */
public final class LiveView implements RunView {
    static final int FRAMES_PER_SECOND = 12;

    private static final String CURSOR_OFF = "\u001b[?25l";
    private static final String CURSOR_ON = "\u001b[?25h";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final Terminal terminal;
    private final Style style;
    private final LongSupplier nowMs;
    private final RunProgress progress = new RunProgress();
    private final ScheduledExecutorService clock;
    private RunStart start;
    private long startedMs;
    private int linesDrawn;
    private boolean isOver;

    /**
     * Draws on {@code out}, which is the terminal.
     *
     * @param nowMs a clock that never goes back, in milliseconds
     */
    public LiveView(final PrintStream out, final Terminal terminal, final Style style, final LongSupplier nowMs) {
        this.out = out;
        this.terminal = terminal;
        this.style = style;
        this.nowMs = nowMs;
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "signalbox-view");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public synchronized void runStarted(final RunStart begin) {
        start = begin;
        startedMs = nowMs.getAsLong();
        progress.start(begin);
        out.print(CURSOR_OFF);
        redraw();
        final long periodMs = 1_000 / FRAMES_PER_SECOND;
        final var unused = clock.scheduleWithFixedDelay(this::redraw, periodMs, periodMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void instancesKnown(final String id, final int count) {
        progress.expect(id, count);
    }

    @Override
    public synchronized void stepStarted(final String id, final int attempt, final long pid) {
        progress.attemptStarted(id, nowMs.getAsLong());
    }

    @Override
    public synchronized void stepFinished(final StepEnd end) {
        final RunProgress.Part part = progress.change(end.id(), end.state(), nowMs.getAsLong());
        part.pastMs += end.elapsedMs();
        part.note = end.state() == StepState.TIMED_OUT ? "timed out" : "";
        if (end.state().isFailure()) {
            above(Failure.lines(end, style));
        }
    }

    @Override
    public synchronized void retryScheduled(final RetryScheduled retry) {
        final RunProgress.Part part = progress.change(retry.id(), StepState.BACKING_OFF, nowMs.getAsLong());
        part.pastMs += retry.elapsedMs();
        part.note = "attempt " + retry.failedAttempt() + " of " + retry.attemptsMax() + " failed, next in "
                + Words.duration(retry.delayMs()) + " (" + SafeText.line(retry.message()) + ")";
    }

    @Override
    public synchronized void stepSkipped(final String id, final String why) {
        progress.change(id, StepState.SKIPPED, nowMs.getAsLong()).note = SafeText.line(why);
    }

    @Override
    public synchronized void stepCancelled(final String id, final String why) {
        progress.change(id, StepState.CANCELLED, nowMs.getAsLong()).note = SafeText.line(why);
    }

    @Override
    public synchronized void answerAwaited(final String id, final String message) {
        progress.change(id, StepState.AWAITING, nowMs.getAsLong()).note = SafeText.line(message);
        above(List.of(style.bold(id) + " asks: " + SafeText.line(message) + "  (signalbox approve " + start.runId()
                + " " + id + ")"));
    }

    @Override
    public synchronized void blockFinished(final BlockEnd end) {
        progress.blockEnded(end, nowMs.getAsLong());
        if (end.state().isFailure()) {
            above(List.of(style.colour(end.state(), style.glyph(end.state())) + " " + end.id() + "  "
                    + SafeText.line(end.message())));
        }
    }

    @Override
    public synchronized void notice(final String text) {
        above(List.of(SafeText.line(text)));
    }

    @Override
    public synchronized void runFinished(final RunSummary summary) {
        erase();
        progress.end(nowMs.getAsLong());
        SummaryTable.render(progress, summary, style).forEach(out::println);
        close();
    }

    @Override
    public synchronized void close() {
        if (!isOver) {
            isOver = true;
            clock.shutdownNow();
            if (start != null) {
                out.print(CURSOR_ON);
            }
            out.flush();
        }
    }

    /** Lines that stay, above the picture. */
    private void above(final List<String> lines) {
        if (isOver) {
            return;
        }
        erase();
        lines.forEach(out::println);
        redraw();
    }

    private void erase() {
        if (linesDrawn > 0) {
            out.print("\u001b[" + linesDrawn + "A\r" + CLEAR_BELOW);
            linesDrawn = 0;
        }
    }

    synchronized void redraw() {
        if (isOver || start == null) {
            return;
        }
        final Terminal.Size size = terminal.size();
        final long now = nowMs.getAsLong();
        final List<String> lines = new ArrayList<>(
                new LiveFrame(progress, style, size.columns(), size.lines(), now).render(start, now - startedMs));
        final StringBuilder picture = new StringBuilder();
        if (linesDrawn > 0) {
            picture.append("\u001b[").append(linesDrawn).append("A\r");
        }
        lines.forEach(line -> picture.append(line).append("\u001b[K\n"));
        out.print(picture.append(CLEAR_BELOW));
        out.flush();
        linesDrawn = lines.size();
    }
}
