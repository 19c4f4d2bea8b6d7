package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads single values of a known type; what is wrong is reported and gives empty. */
final class Values {
    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]+");
    private static final String RESERVED_PREFIX = "SIGNALBOX_";

    private final Problems problems;

    Values(final Problems problems) {
        this.problems = problems;
    }

    /** A string; numbers and the like must be quoted. */
    Optional<String> string(final YamlNode node, final String what) {
        if (node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.STRING) {
            return Optional.of(scalar.value());
        }
        final boolean isQuotable = node instanceof YamlNode.Scalar scalar && scalar.kind() != YamlNode.Kind.NULL;
        problems.add(
                node,
                what + " must be a string, got " + Describe.value(node) + (isQuotable ? "; put it in quotes" : ""));
        return Optional.empty();
    }

    /** A string without control characters; {@code allowed} says which of them are free. */
    Optional<String> shown(final YamlNode node, final String what, final String allowed) {
        final Optional<String> text = string(node, what);
        if (text.isPresent() && text.get().isBlank()) {
            problems.add(node, what + " is empty; write some text or leave it out");
            return Optional.empty();
        }
        if (text.isPresent() && text.get().chars().anyMatch(c -> Character.isISOControl(c) && allowed.indexOf(c) < 0)) {
            problems.add(node, what + " holds a control character; take it out");
            return Optional.empty();
        }
        return text;
    }

    /** Any scalar but null, as it is written. */
    Optional<String> text(final YamlNode node, final String what) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            problems.add(node, what + " must be text, got " + Describe.value(node));
            return Optional.empty();
        }
        if (scalar.kind() == YamlNode.Kind.NULL) {
            problems.add(node, what + " has no value; for an empty text write ''");
            return Optional.empty();
        }
        if (scalar.value().indexOf('\0') >= 0) {
            problems.add(
                    node, what + " holds a NUL character, which no argument, variable or path can carry; take it out");
            return Optional.empty();
        }
        return Optional.of(scalar.value());
    }

    Optional<String> id(final YamlNode node, final String what) {
        return string(node, what).filter(id -> isId(node, id, what));
    }

    boolean isId(final YamlNode node, final String id, final String what) {
        if (id.length() > Limits.ID_LENGTH_MAX) {
            problems.add(node, what + " has at most " + Limits.ID_LENGTH_MAX + " characters, got " + id.length());
            return false;
        }
        if (!ID.matcher(id).matches()) {
            problems.add(
                    node,
                    what + " must begin with a letter or _ and go on with letters, digits, _ and -, got '"
                            + JsonText.cut(id) + "'");
            return false;
        }
        return true;
    }

    static boolean isEnvironmentName(final String name) {
        return ENVIRONMENT_NAME.matcher(name).matches();
    }

    boolean isEnvironmentName(final YamlNode node, final String name, final String what) {
        if (!isEnvironmentName(name)) {
            problems.add(
                    node,
                    what + " must begin with a letter or _ and go on with letters, digits and _, got '"
                            + JsonText.cut(name) + "'");
            return false;
        }
        if (name.startsWith(RESERVED_PREFIX)) {
            problems.add(
                    node,
                    what + " must not begin with " + RESERVED_PREFIX + ", which is kept for Signalbox itself, got '"
                            + name + "'; take another name");
            return false;
        }
        return true;
    }

    Optional<Integer> wholeNumber(final YamlNode node, final String what, final int min, final int max) {
        if (node instanceof YamlNode.Scalar scalar
                && scalar.kind() == YamlNode.Kind.INTEGER
                && scalar.value().matches("[+-]?[0-9]{1,9}")) {
            final int value = Integer.parseInt(scalar.value());
            if (value >= min && value <= max) {
                return Optional.of(value);
            }
        }
        problems.add(
                node, what + " must be a whole number from " + min + " to " + max + ", got " + Describe.value(node));
        return Optional.empty();
    }

    Optional<Double> number(final YamlNode node, final String what, final int min, final double max) {
        final String range =
                min + " to " + BigDecimal.valueOf(max).stripTrailingZeros().toPlainString();
        if (node instanceof YamlNode.Scalar scalar
                && scalar.value().matches("[+-]?([0-9]{1,9}(\\.[0-9]{0,9})?|\\.[0-9]{1,9})")
                && scalar.kind() != YamlNode.Kind.STRING) {
            final double value = Double.parseDouble(scalar.value());
            if (value >= min && value <= max) {
                return Optional.of(value);
            }
        }
        problems.add(node, what + " must be a number from " + range + ", got " + Describe.value(node));
        return Optional.empty();
    }

    /** One of some choices, each of which has a word. */
    <T> Optional<T> choice(
            final YamlNode node, final String what, final List<T> choices, final Function<T, String> wordOf) {
        final boolean isString = node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.STRING;
        final String word = isString ? ((YamlNode.Scalar) node).value() : "";
        final Optional<T> chosen = choices.stream()
                .filter(choice -> wordOf.apply(choice).equals(word))
                .findFirst();
        if (chosen.isEmpty()) {
            final List<String> words = choices.stream().map(wordOf).toList();
            problems.add(
                    node,
                    what + " must be one of " + String.join(", ", words) + ", got " + Describe.value(node)
                            + NearestName.hint(word, words));
        }
        return chosen;
    }

    Optional<Duration> duration(final YamlNode node, final String what, final boolean isZeroAllowed) {
        final String text = node instanceof YamlNode.Scalar scalar ? scalar.value() : "";
        final Optional<Duration> duration = Durations.parse(text);
        if (duration.isPresent() && (isZeroAllowed || !duration.get().isZero())) {
            return duration;
        }
        final String hint = BARE_NUMBER.matcher(text).matches()
                ? "; a bare number has no unit, write " + JsonText.cut(text) + "s"
                : "";
        problems.add(
                node,
                what + " must be a duration such as 250ms, 90s, 5m or 1h, "
                        + (isZeroAllowed ? "" : "longer than 0 and ") + "at most "
                        + Durations.format(Limits.DURATION_MAX) + ", got " + Describe.value(node) + hint);
        return Optional.empty();
    }

    /** Report our placeholders in a text that is taken as it is. */
    void refusePlaceholders(final YamlNode node, final String what, final String wayOut) {
        if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> refusePlaceholders(item, what, wayOut));
        } else if (node instanceof YamlNode.Mapping mapping) {
            mapping.entries().forEach(entry -> refusePlaceholders(entry.value(), what, wayOut));
        } else if (node instanceof YamlNode.Scalar scalar && scalar.value().contains("${")) {
            firstPlaceholder(scalar.value())
                    .ifPresent(found -> problems.add(
                            node,
                            found,
                            what + " is taken as it is and cannot hold " + JsonText.cut(found) + "; " + wayOut));
        }
    }

    /** The first of our placeholders in a text, well formed or not, as it stands there. */
    static Optional<String> firstPlaceholder(final String text) {
        try {
            return Template.parse(text).placeholders().stream()
                    .findFirst()
                    .map(placeholder -> "${" + placeholder.text() + "}");
        } catch (final SyntaxException e) {
            return Optional.of(e.fragment());
        }
    }
}
