package io.signalbox.kernel.composition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of a component.
 *
 * @param isSuccess whether it did what it is for.
 * @param resultData what it made.
 * @param problem why it was unsuccessful; empty when it was not.
 */
public record ComponentResult(boolean isSuccess, Map<String, Object> resultData, String problem) {
    public ComponentResult {
        resultData = Collections.unmodifiableMap(new LinkedHashMap<>(resultData));
    }

    /** It did. */
    public static ComponentResult success(final Map<String, ?> resultData) {
        return new ComponentResult(true, Collections.unmodifiableMap(resultData), "");
    }

    /** It did not. */
    public static ComponentResult failure(final String problem) {
        return new ComponentResult(false, Map.of(), problem);
    }
}
