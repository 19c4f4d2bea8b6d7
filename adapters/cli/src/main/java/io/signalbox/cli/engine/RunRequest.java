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
 * @param selection which steps run
 */
public record RunRequest(
        WorkflowFile workflow,
        ObjectNode inputs,
        Path data,
        Map<String, String> environment,
        Selection selection) {
    /** All of a workflow. */
    public RunRequest(
            final WorkflowFile workflow,
            final ObjectNode inputs,
            final Path data,
            final Map<String, String> environment) {
        this(workflow, inputs, data, environment, Selection.ALL);
    }

    public RunRequest {
        environment = Map.copyOf(environment);
    }
}
