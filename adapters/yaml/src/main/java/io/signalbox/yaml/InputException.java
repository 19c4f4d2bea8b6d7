package io.signalbox.yaml;

import java.util.List;

/** The inputs of a run are not what the workflow file asks for. The message has one line for each problem. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InputException(final List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, at least one. */
    public List<String> problems() {
        return problems;
    }
}
