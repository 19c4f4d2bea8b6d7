package io.signalbox.kernel.pattern;

import java.util.List;

/** A pattern cannot be used, or not with these parameters. Nothing was made. The message has a line for each problem. */
public final class InvalidPatternException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<PatternProblem> problems;

    InvalidPatternException(final List<PatternProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    private static String message(final List<PatternProblem> problems) {
        final StringBuilder text = new StringBuilder();
        for (final PatternProblem problem : problems) {
            text.append(text.length() == 0 ? "" : "\n").append(problem);
        }
        return text.toString();
    }

    /** What is wrong, at least one, in the order in which it was found. */
    public List<PatternProblem> problems() {
        return problems;
    }

    /** What kind of thing is wrong first. */
    public PatternFault fault() {
        return problems.get(0).fault();
    }
}
