package io.signalbox.cli.view;

/**
 * An attempt failed and another one will be made.
 *
 * @param id the step or instance
 * @param failedAttempt the one that ended, from 1
 * @param attemptsMax how many there may be
 * @param delayMs until the next one
 * @param elapsedMs of the one that ended
 * @param message why it failed; secrets are masked already
 */
public record RetryScheduled(
        String id, int failedAttempt, int attemptsMax, long delayMs, long elapsedMs, String message) {}
