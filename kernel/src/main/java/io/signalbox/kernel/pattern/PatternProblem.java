package io.signalbox.kernel.pattern;

/**
 * One thing that is wrong with a pattern.
 *
 * @param pattern name of the pattern; empty when it has none.
 * @param path of the value, such as {@code sync_points[0].required_count}; empty for the whole.
 * @param place where the value stands in its file, as {@code file:line:column}; empty when it is from none.
 * @param fault what kind of thing it is.
 * @param message what was expected, what came, what to do.
 */
public record PatternProblem(String pattern, String path, String place, PatternFault fault, String message) {
    @Override
    public String toString() {
        if (!place.isEmpty()) {
            return place + ": " + message;
        }
        return "pattern '" + pattern + "'" + (path.isEmpty() ? "" : ", " + path) + ": " + message;
    }
}
