package io.signalbox.yaml;

/** A problem behind which nothing can be read any more. Stays inside the package. */
final class FatalProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    FatalProblem(final Place place, final String message) {
        super(message);
        this.problem = new Problem(place.line(), place.column(), message);
    }

    Problem problem() {
        return problem;
    }
}
