package io.signalbox.cli.process;

/** A step could not be started. The message is for the person who wrote the workflow. */
public final class SpawnException extends Exception {
    /** There is no such program, as in the shell. */
    public static final int NOT_FOUND = 127;

    /** It is there and cannot be run, as in the shell. */
    public static final int NOT_RUNNABLE = 126;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public SpawnException(final int exitCode, final String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public SpawnException(final int exitCode, final String message, final Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** {@link #NOT_FOUND} or {@link #NOT_RUNNABLE}. */
    public int exitCode() {
        return exitCode;
    }
}
