package io.signalbox.kernel.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one line, taken from the left, or as a key with its value from anywhere. A word in quotes may hold blanks. */
final class Words {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final String line;
    private final List<String> words = new ArrayList<>();

    Words(final String line) {
        this.line = line;
        final Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** The next word. */
    String next() {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a word is missing: " + line);
        }
        return words.remove(0);
    }

    /** Whether the line has this word, which is then taken out. */
    boolean has(final String word) {
        return words.remove(word);
    }

    /** The word behind a key, both taken out; {@code missing} when the key is not there. */
    String after(final String key, final String missing) {
        final int at = words.indexOf(key);
        if (at < 0) {
            return missing;
        }
        words.remove(at);
        if (at == words.size()) {
            throw new IllegalArgumentException("a word is missing after '" + key + "': " + line);
        }
        return words.remove(at);
    }

    int number(final String key, final int missing) {
        return Integer.parseInt(after(key, Integer.toString(missing)));
    }

    /** Every word must have had a meaning. */
    void end() {
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("words without a meaning " + words + ": " + line);
        }
    }

    /** A length of time in nanoseconds: {@code 5ms}, {@code 2s}, {@code 1h}, {@code 7ns}, {@code forever}. */
    static long ns(final String text) {
        if ("forever".equals(text)) {
            return Long.MAX_VALUE;
        }
        final Matcher matcher = Pattern.compile("(-?\\d+)(ns|ms|s|h)").matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a time such as 5ms, 2s, 1h, 7ns or forever, got " + text);
        }
        final long unit = switch (matcher.group(2)) {
            case "ns" -> 1;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            default -> 3_600_000_000_000L;
        };
        return Long.parseLong(matcher.group(1)) * unit;
    }
}
