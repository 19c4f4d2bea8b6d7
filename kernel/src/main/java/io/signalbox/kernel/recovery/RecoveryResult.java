package io.signalbox.kernel.recovery;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a recovery.
 *
 * @param isSuccess whether the work can go on.
 * @param strategyUsed name of the strategy that succeeded, else of the last that was tried.
 * @param retryCount attempts behind the first, of that strategy.
 * @param isErrorFixed whether what went wrong does no longer.
 * @param isFallbackUsed whether another way was taken, or less is done.
 * @param errorMessage why it failed; of a success what there is to say.
 * @param durationNs how long it took.
 * @param errorType what kind of error it was.
 * @param patternMatched id of the pattern that it follows; null for none.
 * @param value what the operation gave; null for nothing.
 * @param metadata what else there is to tell.
 * @param tried every strategy that was tried, in order.
 */
public record RecoveryResult(
        boolean isSuccess,
        String strategyUsed,
        int retryCount,
        boolean isErrorFixed,
        boolean isFallbackUsed,
        String errorMessage,
        long durationNs,
        ErrorType errorType,
        String patternMatched,
        Object value,
        Map<String, String> metadata,
        List<Tried> tried) {
    private static final double NS_PER_MS = 1e6;

    /**
     * A strategy that was tried.
     *
     * @param strategy its name.
     * @param isSuccess whether it helped.
     * @param message why not.
     */
    public record Tried(String strategy, boolean isSuccess, String message) {}

    public RecoveryResult {
        Refused.unless(retryCount >= 0, "retryCount must not be negative: " + retryCount);
        Refused.unless(durationNs >= 0, "durationNs must not be negative: " + durationNs);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        tried = List.copyOf(tried);
    }

    /** One of a single strategy. */
    public static RecoveryResult of(
            final String strategy, final StrategyResult result, final ErrorType errorType, final long durationNs) {
        return new RecoveryResult(
                result.isSuccess(),
                strategy,
                result.retryCount(),
                result.isErrorFixed(),
                result.isFallbackUsed(),
                result.message(),
                durationNs,
                errorType,
                null,
                result.value(),
                result.metadata(),
                List.of(new Tried(strategy, result.isSuccess(), result.message())));
    }

    /** How long it took, in milliseconds. */
    public double durationMs() {
        return durationNs / NS_PER_MS;
    }

    RecoveryResult with(final String name, final String text) {
        final Map<String, String> more = new TreeMap<>(metadata);
        more.put(name, text);
        return new RecoveryResult(
                isSuccess,
                strategyUsed,
                retryCount,
                isErrorFixed,
                isFallbackUsed,
                errorMessage,
                durationNs,
                errorType,
                patternMatched,
                value,
                more,
                tried);
    }
}
