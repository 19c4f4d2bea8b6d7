package io.signalbox.cli.view;

import java.util.List;
import java.util.Optional;

/**
 * What is told at the end of a run.
 *
 * @param state how it ended
 * @param wallMs from the start of this command to the end
 * @param stepsMs the times of all attempts of this command together
 * @param retries attempts after the first
 * @param position the journal position of the last command
 * @param outputs of all steps, also those of earlier commands on this run
 * @param resultDigest of a run that has ended
 * @param hint what to do next: how to resume
 */
public record RunSummary(
        RunState state,
        long wallMs,
        long stepsMs,
        int retries,
        long position,
        List<OutputFile> outputs,
        Optional<String> resultDigest,
        Optional<String> hint) {
    public RunSummary {
        outputs = List.copyOf(outputs);
    }

    /** How many times faster than one step after the other; 1 when nothing ran. */
    public double speedUp() {
        return wallMs <= 0 || stepsMs <= 0 ? 1.0 : (double) stepsMs / wallMs;
    }
}
