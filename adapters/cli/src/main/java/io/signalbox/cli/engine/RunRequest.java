package io.signalbox.cli.engine;

import io.signalbox.yaml.PatternSteps;
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
        WorkflowFile workflow, ObjectNode inputs, Path data, Map<String, String> environment, Selection selection) {
    /** All of a workflow. */
    public RunRequest(
            final WorkflowFile workflow,
            final ObjectNode inputs,
            final Path data,
            final Map<String, String> environment) {
        this(workflow, inputs, data, environment, Selection.ALL);
    }

    /**
     * What the run would follow: the selected steps, patterns written out.
     *
     * @throws CommandException when a selected step is not there
     */
    RunDefinition definition() throws CommandException {
        return new RunDefinition(
                selection.of(PatternSteps.expand(workflow, inputs)),
                workflow.source().toAbsolutePath().normalize(),
                inputs);
    }

    public RunRequest {
        environment = Map.copyOf(environment);
    }
}
