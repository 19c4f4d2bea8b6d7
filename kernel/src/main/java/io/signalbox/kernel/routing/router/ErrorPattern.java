package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.RoutingDecision;
import java.util.List;

/**
 * What an error looks like, and what to do about it.
 *
 * @param name of the pattern, for people.
 * @param parts texts of which one stands in the error; letters A to Z count as a to z.
 * @param decision what to do.
 */
public record ErrorPattern(String name, List<String> parts, RoutingDecision decision) {
    /** Most texts of one pattern. */
    public static final int PARTS_MAX = 64;

    /** Characters of an error that are looked at. */
    public static final int LOOK_MAX = 8192;

    public ErrorPattern {
        Checks.name("the name of an error pattern", name);
        parts = Checks.names("the parts of error pattern '" + name + "'", 1, PARTS_MAX, parts).stream()
                .map(ErrorPattern::lower)
                .toList();
        Checks.given("the decision of error pattern '" + name + "'", decision);
    }

    /** What passes by itself is tried again, what does not is an error. */
    public static List<ErrorPattern> standard() {
        return List.of(
                new ErrorPattern(
                        "permanent",
                        List.of("permission", "denied", "unauthorized", "forbidden", "not found", "invalid", "syntax"),
                        RoutingDecision.ERROR),
                new ErrorPattern(
                        "transient",
                        List.of("timeout", "timed out", "connection", "unavailable", "rate limit", "too many requests"),
                        RoutingDecision.RETRY));
    }

    /** Whether the error, already in small letters, follows the pattern. */
    boolean matches(final String error) {
        for (int i = 0; i < parts.size(); i++) {
            if (error.contains(parts.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** A to Z as a to z, up to {@link #LOOK_MAX} characters; the same in every country. */
    static String lower(final String text) {
        final int length = Math.min(text.length(), LOOK_MAX);
        final StringBuilder lower = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            final char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }
}
