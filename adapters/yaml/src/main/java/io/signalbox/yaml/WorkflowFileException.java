package io.signalbox.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A workflow file cannot be used. Holds all that was found, in the order of the file; the message has one line for each. */
public final class WorkflowFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    WorkflowFileException(final Path source, final List<Problem> problems) {
        super(problems.stream().map(problem -> problem.at(source)).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
