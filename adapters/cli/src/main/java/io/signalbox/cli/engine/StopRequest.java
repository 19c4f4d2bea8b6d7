package io.signalbox.cli.engine;

import java.util.concurrent.CompletableFuture;

/** Asked for by a signal, seen by a running engine. Any thread. */
public final class StopRequest {
    private final CompletableFuture<ExitCode> request = new CompletableFuture<>();

    /** Asks for a stop. Returns false when somebody has asked before. */
    public boolean request(final ExitCode because) {
        return request.complete(because);
    }

    /** Completes, on the thread that asks, when a stop is asked for. */
    public CompletableFuture<ExitCode> whenRequested() {
        return request.copy();
    }

    /** Whether a stop was asked for. */
    public boolean isRequested() {
        return request.isDone();
    }

    /** What to end with after a stop; {@code otherwise} when nobody asked. */
    public ExitCode exitCode(final ExitCode otherwise) {
        return request.getNow(otherwise);
    }
}
