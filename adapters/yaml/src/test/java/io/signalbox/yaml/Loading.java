package io.signalbox.yaml;

import java.nio.file.Path;
import java.util.List;

/** Loads texts under a fixed name. */
final class Loading {
    static final Path SOURCE = Path.of("w.yaml");

    private Loading() {}

    static WorkflowFile load(final String text) {
        return WorkflowFiles.parse(text, SOURCE);
    }

    /** The messages as people see them; none if the text is a workflow. */
    static List<String> problems(final String text) {
        try {
            load(text);
            return List.of();
        } catch (final WorkflowFileException e) {
            return List.of(e.getMessage().split("\n"));
        }
    }
}
