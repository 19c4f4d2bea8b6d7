package io.signalbox.yaml;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations: a whole number and one of {@code ms s m h}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ms|s|m|h)");

    private Durations() {}

    /** The duration, or empty if the text is none or longer than {@link Limits#DURATION_MAX}. */
    static Optional<Duration> parse(final String text) {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        final long amount = Long.parseLong(matcher.group(1));
        final long unitMs = switch (matcher.group(2)) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            default -> 3_600_000L;
        };
        return amount > Limits.DURATION_MAX.toMillis() / unitMs
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(amount * unitMs));
    }

    /** In the largest unit that is exact. */
    static String format(final Duration duration) {
        final long ms = duration.toMillis();
        if (ms != 0 && ms % 3_600_000L == 0) {
            return String.format(Locale.ROOT, "%dh", ms / 3_600_000L);
        } else if (ms != 0 && ms % 60_000L == 0) {
            return String.format(Locale.ROOT, "%dm", ms / 60_000L);
        }
        return ms % 1_000L == 0 ? (ms / 1_000L) + "s" : ms + "ms";
    }
}
