package io.signalbox.cli.engine;

import io.signalbox.cli.view.OutputFile;
import io.signalbox.cli.view.PlannedStep;
import io.signalbox.cli.view.StepState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything known of a run. Secrets are masked already.
 *
 * @param listing the run in a line
 * @param folder where it is
 * @param source the workflow file it was started from
 * @param plan the steps of the file in topological order
 * @param steps all steps and instances, in topological order
 * @param position the last journaled command
 * @param resultDigest of a run that is over
 * @param warnings such as a workflow file that has changed since
 * @param pinned what it follows
 */
public record Inspection(
        RunListing listing,
        Path folder,
        Path source,
        List<PlannedStep> plan,
        List<Step> steps,
        long position,
        Optional<String> resultDigest,
        List<String> warnings,
        Pinned pinned) {
    /**
     * What a run follows.
     *
     * @param digest of the definition, hex
     * @param sourceText of the workflow file
     * @param inputs as JSON
     * @param origin where it came from, in words; empty for a run of its own
     */
    public record Pinned(String digest, String sourceText, String inputs, Optional<String> origin) {}

    public Inspection {
        plan = List.copyOf(plan);
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    /**
     * One step or instance.
     *
     * @param id such as {@code parse[3]}
     * @param state where it stands
     * @param attempts how many were started
     * @param exitCode of the last attempt that ended by itself
     * @param elapsedMs of all its attempts
     * @param result what it gave, JSON or text
     * @param message why it failed, was skipped or cancelled; may be empty
     * @param outputs in their place
     */
    public record Step(
            String id,
            StepState state,
            int attempts,
            OptionalInt exitCode,
            long elapsedMs,
            Optional<String> result,
            String message,
            List<OutputFile> outputs) {
        public Step {
            outputs = List.copyOf(outputs);
        }
    }
}
