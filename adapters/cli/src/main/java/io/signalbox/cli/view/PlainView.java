package io.signalbox.cli.view;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line for each event, for logs and pipes. Any thread. */
public final class PlainView implements RunView {
    private final PrintStream out;
    private final Style style;
    private final LongSupplier nowMs;
    private final RunProgress progress = new RunProgress();
    private long startedMs;

    /**
     * Writes to {@code out}.
     *
     * @param nowMs a clock that never goes back, in milliseconds
     */
    public PlainView(final PrintStream out, final Style style, final LongSupplier nowMs) {
        this.out = out;
        this.style = style;
        this.nowMs = nowMs;
        startedMs = nowMs.getAsLong();
    }

    @Override
    public synchronized void runStarted(final RunStart start) {
        startedMs = nowMs.getAsLong();
        progress.start(start);
        line(
                start.isResumed() ? "resume" : "run",
                start.runId() + "  " + SafeText.line(start.workflow()) + ", "
                        + Words.count(start.stepCount(), "step")
                        + (start.finishedBefore().isEmpty()
                                ? ""
                                : ", " + start.finishedBefore().size() + " done before")
                        + "  " + start.folder());
    }

    @Override
    public synchronized void instancesKnown(final String id, final int count) {
        progress.expect(id, count);
        line("foreach", id + "  " + Words.count(count, "instance"));
    }

    @Override
    public synchronized void stepStarted(final String id, final int attempt, final long pid) {
        progress.attemptStarted(id, nowMs.getAsLong());
        line("start", id + (attempt > 1 ? "  attempt " + attempt : ""));
    }

    @Override
    public synchronized void stepFinished(final StepEnd end) {
        final RunProgress.Part part = progress.change(end.id(), end.state(), nowMs.getAsLong());
        part.pastMs += end.elapsedMs();
        if (!end.state().isFailure()) {
            line(end.state().word(), end.id() + "  " + Words.duration(end.elapsedMs()));
            return;
        }
        final List<String> lines = Failure.lines(end, style);
        line(end.state().word(), lines.get(0));
        lines.subList(1, lines.size()).forEach(out::println);
        out.flush();
    }

    @Override
    public synchronized void retryScheduled(final RetryScheduled retry) {
        final RunProgress.Part part = progress.change(retry.id(), StepState.BACKING_OFF, nowMs.getAsLong());
        part.pastMs += retry.elapsedMs();
        line(
                "retry",
                retry.id() + "  attempt " + retry.failedAttempt() + " of " + retry.attemptsMax() + " failed ("
                        + SafeText.line(retry.message()) + "), next in " + Words.duration(retry.delayMs()));
    }

    @Override
    public synchronized void stepSkipped(final String id, final String why) {
        progress.change(id, StepState.SKIPPED, nowMs.getAsLong());
        line("skipped", id + "  " + SafeText.line(why));
    }

    @Override
    public synchronized void stepCancelled(final String id, final String why) {
        progress.change(id, StepState.CANCELLED, nowMs.getAsLong());
        line("cancelled", id + "  " + SafeText.line(why));
    }

    @Override
    public synchronized void answerAwaited(final String id, final String message) {
        progress.change(id, StepState.AWAITING, nowMs.getAsLong());
        line("question", id + "  " + SafeText.line(message));
    }

    @Override
    public synchronized void blockFinished(final BlockEnd end) {
        progress.blockEnded(end, nowMs.getAsLong());
        line(
                end.state().word(),
                end.id() + "  " + Words.duration(end.elapsedMs())
                        + end.winner().map(winner -> "  " + winner + " won").orElse("")
                        + (end.message().isEmpty() ? "" : "  " + SafeText.line(end.message())));
    }

    @Override
    public synchronized void notice(final String text) {
        line("note", SafeText.line(text));
    }

    @Override
    public synchronized void runFinished(final RunSummary summary) {
        out.println();
        progress.end(nowMs.getAsLong());
        SummaryTable.render(progress, summary, style).forEach(out::println);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }

    private void line(final String what, final String text) {
        final long elapsedMs = nowMs.getAsLong() - startedMs;
        out.println(String.format(
                Locale.ROOT, "%6d.%d s  %-9s  %s", elapsedMs / 1_000, elapsedMs % 1_000 / 100, what, text));
        out.flush();
    }
}
