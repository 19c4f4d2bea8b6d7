package io.signalbox.yaml;

/** A condition met a value of the wrong kind. The message says which, what was expected and what came. */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExpressionException(final String expression, final String message) {
        super("when '" + JsonText.cut(expression) + "': " + message);
    }
}
