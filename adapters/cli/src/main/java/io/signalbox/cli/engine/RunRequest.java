package io.signalbox.cli.engine;

import io.signalbox.yaml.WorkflowFile;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Start a new run.
 *
 * @param workflow the file, loaded and checked
 * @param inputs as resolved against the file's declarations
 * @param data the folder of all runs, such as {@code .signalbox}
 * @param environment of this process
 */
public record RunRequest(WorkflowFile workflow, ObjectNode inputs, Path data, Map<String, String> environment) {
    public RunRequest {
        environment = Map.copyOf(environment);
    }
}
