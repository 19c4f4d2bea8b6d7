package io.signalbox.kernel.reader;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
        this(expression, 0);
    }

    private BoundedRegex(final String expression, final int flags) {
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
            pattern = Pattern.compile(expression, flags);
        } catch (final PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression of RE2's syntax: " + e.getMessage(), e);
        }
    }

    /**
     * One for messages: capital letters do not count, and a dot stands for a line's end too.
     *
     * @throws IllegalArgumentException as the constructor.
     */
    public static BoundedRegex ofMessages(final String expression) {
        return new BoundedRegex(expression, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    @Override
    public boolean test(final String text) {
        return matcher(text).find();
    }

    /** Where it stands first in a text; null when nowhere. */
    public RegexMatch search(final String text) {
        final Matcher matcher = matcher(text);
        return matcher.find() ? match(matcher) : null;
    }

    /** How a text begins with it; null when it does not. */
    public RegexMatch matchBeginning(final String text) {
        final Matcher matcher = matcher(text);
        return matcher.lookingAt() ? match(matcher) : null;
    }

    private Matcher matcher(final String text) {
        return pattern.matcher(text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text);
    }

    private RegexMatch match(final Matcher matcher) {
        final List<String> groups = new ArrayList<>();
        for (int i = 0; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i) == null ? "" : matcher.group(i));
        }
        final SortedMap<String, String> named = new TreeMap<>();
        pattern.namedGroups().forEach((name, group) -> {
            if (matcher.group(group) != null) {
                named.put(name, matcher.group(group));
            }
        });
        return new RegexMatch(groups, named);
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
