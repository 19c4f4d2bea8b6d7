package io.signalbox.cli.engine;

/** A command cannot do what it was asked. The message is all that a person sees: what was expected, what came, what to do. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public CommandException(final ExitCode exitCode, final String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public CommandException(final ExitCode exitCode, final String message, final Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What to end with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
