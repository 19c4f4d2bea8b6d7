package io.signalbox.cli.engine;

/**
 * What became of a {@link RunAsk}.
 *
 * @param isDone whether it was done
 * @param message what was done, or why not
 */
public record RunAnswer(boolean isDone, String message) {}
