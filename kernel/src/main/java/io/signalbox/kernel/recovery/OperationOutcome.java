package io.signalbox.kernel.recovery;

/**
 * How one attempt of an operation ended.
 *
 * @param value what it gave, null for nothing and when it failed.
 * @param failure why it failed; null when it did not.
 */
public record OperationOutcome(Object value, Throwable failure) {
    /** Whether it succeeded. */
    public boolean isSuccess() {
        return failure == null;
    }

    /** Whether it was told to stop; then nobody tries again. */
    public boolean isInterrupted() {
        return failure instanceof InterruptedException;
    }

    /** What the failure says; empty when there is none. */
    public String problem() {
        return isSuccess() ? "" : ErrorDescription.of(failure).message();
    }
}
