package io.signalbox.cli.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An attempt of a step ended, and no other follows at once.
 *
 * @param id the step or instance
 * @param attempt from 1
 * @param state a final state
 * @param exitCode when its process ended by itself
 * @param elapsedMs of this attempt
 * @param message why it failed; empty when it did not. Secrets are masked already
 * @param stderrTail the last lines of its standard error; shown when it failed. Secrets are masked already
 * @param log where the whole standard error is
 */
public record StepEnd(
        String id,
        int attempt,
        StepState state,
        OptionalInt exitCode,
        long elapsedMs,
        String message,
        List<String> stderrTail,
        Optional<Path> log) {
    public StepEnd {
        stderrTail = List.copyOf(stderrTail);
    }
}
