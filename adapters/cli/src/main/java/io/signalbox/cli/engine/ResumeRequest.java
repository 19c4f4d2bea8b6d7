package io.signalbox.cli.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Continue a run.
 *
 * @param run which; empty for the latest interrupted one, else the latest failed one
 * @param data the folder of all runs, such as {@code .signalbox}
 * @param environment of this process
 * @param adopts whether to go on with the workflow file as it is now
 */
public record ResumeRequest(Optional<String> run, Path data, Map<String, String> environment, boolean adopts) {
    /** Going on with what the journal holds. */
    public ResumeRequest(final Optional<String> run, final Path data, final Map<String, String> environment) {
        this(run, data, environment, false);
    }

    public ResumeRequest {
        environment = Map.copyOf(environment);
    }
}
