package io.signalbox.kernel.picture;

/** Texts made harmless for the languages in which pictures are written. Pure functions. */
final class Labels {
    private Labels() {}

    /** One line: control characters and those that change the direction of text become blanks. */
    static String line(final String text) {
        final StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(isHarmless(c) ? c : ' '));
        return line.toString().strip();
    }

    private static boolean isHarmless(final int c) {
        return c >= ' '
                && !(c >= 0x7f && c <= 0x9f)
                && !(c >= 0x2028 && c <= 0x202e)
                && !(c >= 0x2066 && c <= 0x2069)
                && c != 0x200e
                && c != 0x200f;
    }

    /** The line, cut to so many characters. */
    static String cut(final String text, final int characters) {
        final String line = line(text);
        return line.codePointCount(0, line.length()) <= characters
                ? line
                : line.substring(0, line.offsetByCodePoints(0, characters - 1)) + "…";
    }

    /** Safe as text of XML and inside an attribute; what XML cannot hold at all becomes U+FFFD. */
    static String xml(final String text) {
        final StringBuilder xml = new StringBuilder();
        line(text).codePoints().forEach(c -> xml.append(xml(c)));
        return xml.toString();
    }

    private static String xml(final int c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> c == 0xfffe || c == 0xffff || c >= 0xd800 && c <= 0xdfff ? "\uFFFD" : Character.toString(c);
        };
    }

    /** Safe between the quotes of DOT. */
    static String dot(final String text) {
        return line(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
