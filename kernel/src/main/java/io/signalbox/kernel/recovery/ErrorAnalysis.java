package io.signalbox.kernel.recovery;

import java.util.Map;

/**
 * What an error was found to be.
 *
 * @param pattern that it follows, or null.
 * @param errorType by the pattern, else by the classes of the exception.
 * @param groups named groups of the pattern's expression.
 */
public record ErrorAnalysis(ErrorPattern pattern, ErrorType errorType, Map<String, String> groups) {
    public ErrorAnalysis {
        groups = Map.copyOf(groups);
    }
}
