package io.signalbox.kernel.reader;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Predicate;

/**
 * A regular expression of RE2's syntax (no back references, no look-around) that is found somewhere in a text. Time is linear in the
 * text and in the size of the expression with its counted repeats written out, and both are bounded. Immutable.
 */
public final class BoundedRegex implements Predicate<String> {
    /** Longest expression, in characters. */
    public static final int LENGTH_MAX = 512;
    /** Largest expression when its counted repeats are written out, in characters, classes and groups. */
    public static final int SIZE_MAX = 1000;
    /** Of a longer text only so many characters are looked at. */
    public static final int TEXT_LENGTH_MAX = 64 << 10;

    private final Pattern pattern;

    /** @throws IllegalArgumentException when the expression is empty, too long, too large with its repeats written out, or wrong. */
    public BoundedRegex(final String expression) {
        if (expression.isEmpty() || expression.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a regular expression must have 1 to " + LENGTH_MAX + " characters: " + expression.length());
        }
        final long size = new RegexSize(expression).size();
        if (size > SIZE_MAX) {
            throw new IllegalArgumentException("with its counted repeats written out, a regular expression may come to "
                    + SIZE_MAX + " characters, this one to " + size + ": " + expression);
        }
        try {
            pattern = Pattern.compile(expression);
        } catch (final PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression of RE2's syntax: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean test(final String text) {
        return pattern.matcher(text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text)
                .find();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
