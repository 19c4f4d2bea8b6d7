package io.signalbox.kernel.metrics;

/** What a text must be to name something. */
final class Names {
    /** Longest name, tag or correlation id, in characters. */
    static final int LENGTH_MAX = 100;

    /** Longest unit, in characters. */
    static final int UNIT_LENGTH_MAX = 20;

    private Names() {}

    /** The text, if it is one to {@code lengthMax} characters, none of them a control character, and not all spaces. */
    static String require(final String what, final String text, final int lengthMax) {
        if (text == null || text.isBlank()) {
            throw new MetricException(MetricException.Reason.BLANK_NAME, what + " must not be empty");
        }
        if (text.length() > lengthMax) {
            throw new MetricException(
                    MetricException.Reason.INVALID_NAME,
                    what + " has " + text.length() + " characters, at most " + lengthMax + " are allowed");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new MetricException(MetricException.Reason.INVALID_NAME, what + " must not hold control characters");
        }
        return text;
    }
}
