package io.signalbox.cli.view;

/**
 * Shows a run. Fed with small events, in order, by any thread; an implementation guards itself. Text may hold what steps wrote:
 * a view takes terminal escapes out of it. No call waits for the terminal longer than one write.
 */
public interface RunView extends AutoCloseable {
    /** First call, once. */
    void runStarted(RunStart start);

    /** A {@code foreach} step knows its items. */
    void instancesKnown(String id, int count);

    /** An attempt has started; {@code attempt} is from 1. */
    void stepStarted(String id, int attempt, long pid);

    /** A step is over because its last attempt is. */
    void stepFinished(StepEnd end);

    /** An attempt failed, another follows. */
    void retryScheduled(RetryScheduled retry);

    /** A step will not run; {@code why} says which condition or need. */
    void stepSkipped(String id, String why);

    /** A step was stopped or will not start. */
    void stepCancelled(String id, String why);

    /** A person is asked; {@code message} is the question. */
    void answerAwaited(String id, String message);

    /** A block of steps is over. */
    void blockFinished(BlockEnd end);

    /** Something a person should know now: that the run is being stopped, say. */
    void notice(String text);

    /** Last event, once. */
    void runFinished(RunSummary summary);

    /** Gives the terminal back as it was. Harmless when called twice, or without {@link #runFinished}. */
    @Override
    void close();
}
