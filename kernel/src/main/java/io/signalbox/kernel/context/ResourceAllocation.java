package io.signalbox.kernel.context;

/**
 * What one agent may use. The kernel enforces the time of an attempt, the retries, the attempts at once and the quality; memory and the
 * timeout of single operations are the agent's to keep.
 *
 * @param maxExecutionTimeMs of one attempt, 1000 to 10^12.
 * @param maxRetryAttempts attempts after the first that failed, in a row; 0 to 10^9.
 * @param maxMemoryMb 1 to 10^9; told, not enforced.
 * @param qualityThreshold least quality of a completion that states one, 0 to 1.
 * @param timeoutMs of one operation of the agent, 100 to 10^12; told, not enforced.
 * @param concurrencyLimit attempts at once, 1 to 1024.
 */
public record ResourceAllocation(
        long maxExecutionTimeMs,
        long maxRetryAttempts,
        long maxMemoryMb,
        double qualityThreshold,
        long timeoutMs,
        long concurrencyLimit) {
    /** Most attempts of one agent at once. */
    public static final int CONCURRENCY_MAX = 1024;

    private static final long EXECUTION_TIME_MIN_MS = 1000;
    private static final long TIMEOUT_MIN_MS = 100;
    private static final long TIME_MAX_MS = 1_000_000_000_000L;
    private static final long COUNT_MAX = 1_000_000_000;

    /** Five minutes, three retries, 512 MB, a quality of 0.8, 30 seconds, ten at once. */
    public static ResourceAllocation standard() {
        return new ResourceAllocation(300_000, 3, 512, 0.8, 30_000, 10);
    }

    /**
     * This allocation with what a document says otherwise.
     *
     * @throws InvalidContextException when a field is unknown, of the wrong type or outside its range.
     */
    ResourceAllocation with(final DocumentValue document, final String where) {
        final Fields fields = new Fields(document, where);
        final ResourceAllocation allocation = new ResourceAllocation(
                fields.number("max_execution_time_ms", maxExecutionTimeMs, EXECUTION_TIME_MIN_MS, TIME_MAX_MS),
                fields.number("max_retry_attempts", maxRetryAttempts, 0, COUNT_MAX),
                fields.number("max_memory_mb", maxMemoryMb, 1, COUNT_MAX),
                fields.fraction("quality_threshold", qualityThreshold),
                fields.number("timeout_ms", timeoutMs, TIMEOUT_MIN_MS, TIME_MAX_MS),
                fields.number("concurrency_limit", concurrencyLimit, 1, CONCURRENCY_MAX));
        fields.end();
        return allocation;
    }

    /** As a document. */
    public DocumentValue toDocument() {
        return DocumentValue.EMPTY_MAP
                .with("max_execution_time_ms", DocumentValue.of(maxExecutionTimeMs))
                .with("max_retry_attempts", DocumentValue.of(maxRetryAttempts))
                .with("max_memory_mb", DocumentValue.of(maxMemoryMb))
                .with("quality_threshold", DocumentValue.of((Object) qualityThreshold))
                .with("timeout_ms", DocumentValue.of(timeoutMs))
                .with("concurrency_limit", DocumentValue.of(concurrencyLimit));
    }
}
