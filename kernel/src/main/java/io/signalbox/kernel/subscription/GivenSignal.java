package io.signalbox.kernel.subscription;

/**
 * A signal that was given to its subscriber.
 *
 * @param attempt how often by now, from 1.
 * @param deadlineNs kernel time at which it is given again unless it is acknowledged before.
 */
public record GivenSignal(OutstandingSignal signal, int attempt, long deadlineNs) {}
