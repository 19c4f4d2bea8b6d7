package io.signalbox.cli.process;

import java.util.List;
import java.util.Optional;

/**
 * How an attempt ended.
 *
 * @param exitCode as the shell counts: 128 and the signal for a killed process
 * @param stopped why it was stopped, when it was
 * @param output its standard output
 * @param stderrTail the last lines of its standard error, secrets masked
 * @param trouble what this side could not do (a full disk, a process that does not die); the attempt counts as failed
 * @param elapsedMs from the opening of the gate until the main process ended
 */
public record AttemptEnd(
        int exitCode,
        Optional<StopReason> stopped,
        StepOutput output,
        List<String> stderrTail,
        Optional<String> trouble,
        long elapsedMs) {
    public AttemptEnd {
        stderrTail = List.copyOf(stderrTail);
    }

    /** Ended by itself, with 0, and everything it wrote is kept. */
    public boolean isSuccess() {
        return exitCode == 0 && stopped.isEmpty() && trouble.isEmpty();
    }
}
