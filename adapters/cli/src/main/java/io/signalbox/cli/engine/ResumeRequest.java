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
 */
public record ResumeRequest(Optional<String> run, Path data, Map<String, String> environment) {
    public ResumeRequest {
        environment = Map.copyOf(environment);
    }
}
