package io.signalbox.kernel.recovery;

import io.signalbox.kernel.reader.RegexMatch;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What errors look like, and what is done about them. An error follows the pattern when it is of one of the types, if any are named, and
 * the expression stands in one of its texts, if there is one. Immutable; each {@code with} answers a new one.
 *
 * @param patternId not empty.
 * @param errorType what kind of errors these are.
 * @param exceptionTypes names of classes, with or without their package; the error, or what caused it, is or extends one of them. None for any.
 * @param regex an expression that {@link RegexSafety} accepts, looked for in the error's texts, of which some are {@code Class: message};
 *     capital letters do not count, and a dot stands for a line's end too. Empty for any.
 * @param strategies names, tried in turn; one at least.
 * @param retriesMax attempts behind the first, for strategies that try again, 0 to 1,000.
 * @param priority 1 to 10: of several that fit the highest decides, of equal ones the first that was added.
 * @param metadata what strategies need to know; {@code fix} names what an error correction does.
 * @param isEnabled otherwise nothing follows it.
 */
public record ErrorPattern(
        String patternId,
        ErrorType errorType,
        List<String> exceptionTypes,
        String regex,
        List<String> strategies,
        int retriesMax,
        int priority,
        Map<String, String> metadata,
        boolean isEnabled) {
    /** Priority unless said otherwise. */
    public static final int PRIORITY_NORMAL = 5;
    /** Highest priority. */
    public static final int PRIORITY_MAX = 10;
    /** Retries unless said otherwise. */
    public static final int RETRIES_NORMAL = 3;
    /** Most retries. */
    public static final int RETRIES_MAX = 1000;
    /** Name in {@link #metadata} of what an error correction does. */
    public static final String FIX = "fix";

    public ErrorPattern {
        Refused.unless(!patternId.isBlank(), "an error pattern needs an id");
        final String who = "error pattern '" + patternId + "'";
        exceptionTypes = List.copyOf(exceptionTypes);
        strategies = List.copyOf(strategies);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        Refused.unless(
                !regex.isEmpty() || !exceptionTypes.isEmpty(), who + " needs types of exceptions or an expression");
        Refused.unless(!strategies.isEmpty(), who + " needs a strategy");
        Refused.unless(priority >= 1 && priority <= PRIORITY_MAX, who + ": priority must be in 1..10: " + priority);
        Refused.unless(
                retriesMax >= 0 && retriesMax <= RETRIES_MAX, who + ": retriesMax must be in 0..1000: " + retriesMax);
        if (!regex.isEmpty()) {
            RegexSafety.shared().ofMessages(regex);
        }
    }

    /** Errors in whose texts an expression stands. */
    public static ErrorPattern ofText(
            final String patternId, final ErrorType errorType, final String regex, final String... strategies) {
        return new ErrorPattern(
                patternId,
                errorType,
                List.of(),
                regex,
                List.of(strategies),
                RETRIES_NORMAL,
                PRIORITY_NORMAL,
                Map.of(),
                true);
    }

    /** Errors of a class, or of one that extends it. */
    public static ErrorPattern ofType(
            final String patternId, final ErrorType errorType, final Class<?> type, final String... strategies) {
        return new ErrorPattern(
                patternId,
                errorType,
                List.of(type.getName()),
                "",
                List.of(strategies),
                RETRIES_NORMAL,
                PRIORITY_NORMAL,
                Map.of(),
                true);
    }

    /** Those that an orchestrator begins with. */
    public static List<ErrorPattern> standard() {
        return StandardPatterns.ALL;
    }

    /** The same, only for errors of classes of these names. */
    public ErrorPattern withTypes(final String... names) {
        return new ErrorPattern(
                patternId, errorType, List.of(names), regex, strategies, retriesMax, priority, metadata, isEnabled);
    }

    /** The same with so many retries. */
    public ErrorPattern withRetriesMax(final int count) {
        return new ErrorPattern(
                patternId, errorType, exceptionTypes, regex, strategies, count, priority, metadata, isEnabled);
    }

    /** The same with another priority. */
    public ErrorPattern withPriority(final int value) {
        return new ErrorPattern(
                patternId, errorType, exceptionTypes, regex, strategies, retriesMax, value, metadata, isEnabled);
    }

    /** The same with something more that strategies need to know. */
    public ErrorPattern with(final String name, final String value) {
        final Map<String, String> more = new TreeMap<>(metadata);
        more.put(name, value);
        return new ErrorPattern(
                patternId, errorType, exceptionTypes, regex, strategies, retriesMax, priority, more, isEnabled);
    }

    /** The same, turned off or on. */
    public ErrorPattern enabled(final boolean enabled) {
        return new ErrorPattern(
                patternId, errorType, exceptionTypes, regex, strategies, retriesMax, priority, metadata, enabled);
    }

    /** Whether a text follows it. */
    public boolean matches(final String text) {
        return matches(ErrorDescription.ofText(text));
    }

    /** Whether an error follows it. */
    public boolean matches(final ErrorDescription error) {
        return find(error) != null;
    }

    /** The named groups of the expression in a text; none when it does not stand there. */
    public Map<String, String> extractGroups(final String text) {
        final Map<String, String> groups = find(ErrorDescription.ofText(text));
        return groups == null ? Map.of() : groups;
    }

    /** The named groups in the first text that fits; null when the error does not follow the pattern. */
    Map<String, String> find(final ErrorDescription error) {
        if (!isEnabled || !exceptionTypes.isEmpty() && exceptionTypes.stream().noneMatch(error::isOf)) {
            return null;
        }
        if (regex.isEmpty()) {
            return Map.of();
        }
        for (final String text : error.texts()) {
            final RegexMatch match = RegexSafety.shared().ofMessages(regex).search(text);
            if (match != null) {
                return match.named();
            }
        }
        return null;
    }
}
