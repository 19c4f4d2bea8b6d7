package io.signalbox.cli.view;

import java.io.PrintStream;

/** Says nothing unless a step fails or the run is stopped; then on standard error. Any thread. */
public final class QuietView implements RunView {
    private final PrintStream err;

    /** Writes failures to {@code err}. */
    public QuietView(final PrintStream err) {
        this.err = err;
    }

    @Override
    public void runStarted(final RunStart start) {
        // nothing to say
    }

    @Override
    public void instancesKnown(final String id, final int count) {
        // nothing to say
    }

    @Override
    public void stepStarted(final String id, final int attempt, final long pid) {
        // nothing to say
    }

    @Override
    public void stepFinished(final StepEnd end) {
        if (end.state().isFailure()) {
            Failure.lines(end, Style.ASCII).forEach(err::println);
        }
    }

    @Override
    public void retryScheduled(final RetryScheduled retry) {
        // nothing to say
    }

    @Override
    public void stepSkipped(final String id, final String why) {
        // nothing to say
    }

    @Override
    public void stepCancelled(final String id, final String why) {
        // nothing to say
    }

    @Override
    public void answerAwaited(final String id, final String message) {
        err.println(SafeText.line(id + " waits for an answer: " + message));
    }

    @Override
    public void blockFinished(final BlockEnd end) {
        if (end.state().isFailure()) {
            err.println(SafeText.line(end.id() + " " + end.state().word().replace('_', ' ') + ": " + end.message()));
        }
    }

    @Override
    public void notice(final String text) {
        err.println(SafeText.line(text));
    }

    @Override
    public void runFinished(final RunSummary summary) {
        if (summary.state() != RunState.SUCCEEDED) {
            summary.hint().ifPresent(err::println);
        }
    }

    @Override
    public void close() {
        err.flush();
    }
}
