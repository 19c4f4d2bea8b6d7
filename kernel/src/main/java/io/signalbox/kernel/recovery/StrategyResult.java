package io.signalbox.kernel.recovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a strategy.
 *
 * @param isSuccess whether the work can go on.
 * @param retryCount attempts behind the first.
 * @param isErrorFixed whether what went wrong does no longer.
 * @param isFallbackUsed whether another way was taken, or less is done.
 * @param message why not; of a success what there is to say.
 * @param value what the operation gave; null for nothing.
 * @param metadata what else there is to tell.
 * @param remembered values of the state that stay there, even though a failed strategy's changes are taken back.
 */
public record StrategyResult(
        boolean isSuccess,
        int retryCount,
        boolean isErrorFixed,
        boolean isFallbackUsed,
        String message,
        Object value,
        Map<String, String> metadata,
        Map<String, Object> remembered) {
    public StrategyResult {
        Refused.unless(retryCount >= 0, "retryCount must not be negative: " + retryCount);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        remembered = Collections.unmodifiableMap(new LinkedHashMap<>(remembered));
    }

    /** It works again. */
    public static StrategyResult fixed(final Object value) {
        return new StrategyResult(true, 0, true, false, "", value, Map.of(), Map.of());
    }

    /** The work goes on in another way. */
    public static StrategyResult fallback(final Object value) {
        return new StrategyResult(true, 0, false, true, "", value, Map.of(), Map.of());
    }

    /** The work can go on, though nothing was done about the error. */
    public static StrategyResult passed(final String message) {
        return new StrategyResult(true, 0, false, false, message, null, Map.of(), Map.of());
    }

    /** It did not help. */
    public static StrategyResult failed(final String message) {
        return new StrategyResult(false, 0, false, false, message, null, Map.of(), Map.of());
    }

    /** The same after so many retries. */
    public StrategyResult retries(final int count) {
        return new StrategyResult(isSuccess, count, isErrorFixed, isFallbackUsed, message, value, metadata, remembered);
    }

    /** The same with something more to tell. */
    public StrategyResult with(final String name, final String text) {
        final Map<String, String> more = new TreeMap<>(metadata);
        more.put(name, text);
        return new StrategyResult(
                isSuccess, retryCount, isErrorFixed, isFallbackUsed, message, value, more, remembered);
    }

    /** The same, with a value of the state that stays whatever comes. */
    public StrategyResult remembering(final String name, final Object stateValue) {
        final Map<String, Object> more = new LinkedHashMap<>(remembered);
        more.put(name, stateValue);
        return new StrategyResult(isSuccess, retryCount, isErrorFixed, isFallbackUsed, message, value, metadata, more);
    }
}
