package io.signalbox.yaml;

/** A workflow cannot be expanded with these inputs. The message says what was expected, what came and what to do. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanException(final String message) {
        super(message);
    }
}
