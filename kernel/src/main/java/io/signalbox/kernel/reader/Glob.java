package io.signalbox.kernel.reader;

import java.util.function.Predicate;

/**
 * A wildcard pattern over a whole name: {@code *} is any run of characters, also none; {@code ?} is exactly one; anything else is
 * itself. There is no escape. Time grows with pattern times text at most. Immutable.
 */
public final class Glob implements Predicate<String> {
    /** Longest pattern, in characters. */
    public static final int LENGTH_MAX = 1024;

    private final String pattern;

    /** @throws IllegalArgumentException when the pattern is empty or too long. */
    public Glob(final String pattern) {
        if (pattern.isEmpty() || pattern.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a wildcard pattern must have 1 to " + LENGTH_MAX + " characters: " + pattern.length());
        }
        this.pattern = pattern;
    }

    @Override
    public boolean test(final String text) {
        int at = 0;
        int inPattern = 0;
        int star = -1;
        int afterStar = 0;
        while (at < text.length()) {
            if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
                star = inPattern++;
                afterStar = at;
            } else if (inPattern < pattern.length() && isMatch(pattern.charAt(inPattern), text.charAt(at))) {
                inPattern++;
                at++;
            } else if (star >= 0) {
                inPattern = star + 1;
                at = ++afterStar;
            } else {
                return false;
            }
        }
        while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == pattern.length();
    }

    private static boolean isMatch(final char inPattern, final char inText) {
        return inPattern == '?' || inPattern == inText;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
