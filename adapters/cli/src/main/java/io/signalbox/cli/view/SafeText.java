package io.signalbox.cli.view;

/** Text of steps made harmless for a terminal: no escape sequences, no control characters, no direction overrides. */
public final class SafeText {
    private static final char ESC = 0x1b;
    private static final char BEL = 0x07;
    private static final char ST = 0x9c;

    private SafeText() {}

    /** One line: line ends become a blank. */
    public static String line(final String text) {
        return strip(text).replace('\n', ' ').strip();
    }

    /** The text with {@code \n} and blanks as its only control characters; a carriage return becomes {@code \n}. */
    public static String strip(final String text) {
        final StringBuilder safe = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            final char c = text.charAt(at);
            if (c == ESC) {
                at = afterEscape(text, at + 1);
            } else if (c >= 0x80 && c <= 0x9f) {
                at = afterC1(text, c, at + 1);
            } else {
                at = plain(text, at, safe);
            }
        }
        return safe.toString();
    }

    private static int plain(final String text, final int at, final StringBuilder safe) {
        final char c = text.charAt(at);
        if (c == '\t') {
            safe.append("    ");
        } else if (c == '\r') {
            safe.append('\n');
            return at + (text.startsWith("\r\n", at) ? 2 : 1);
        } else if (c == '\n' || (c >= ' ' && c != 0x7f && !isDirection(c))) {
            safe.append(c);
        }
        return at + 1;
    }

    /** Characters that make a terminal show text in another order than it stands. */
    private static boolean isDirection(final char c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
    }

    private static int afterEscape(final String text, final int at) {
        if (at >= text.length()) {
            return at;
        }
        final char c = text.charAt(at);
        if (c == '[') {
            return afterCsi(text, at + 1);
        }
        if (c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_') {
            return afterString(text, at + 1);
        }
        int end = at;
        while (end < text.length() && text.charAt(end) >= 0x20 && text.charAt(end) <= 0x2f) {
            end++;
        }
        final boolean isFinal = end < text.length() && text.charAt(end) >= 0x30 && text.charAt(end) <= 0x7e;
        return isFinal ? end + 1 : end;
    }

    private static int afterC1(final String text, final char c, final int at) {
        return switch (c) {
            case 0x9b -> afterCsi(text, at);
            case 0x90, 0x98, 0x9d, 0x9e, 0x9f -> afterString(text, at);
            default -> at;
        };
    }

    private static int afterCsi(final String text, final int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) >= 0x20 && text.charAt(end) <= 0x3f) {
            end++;
        }
        final boolean isFinal = end < text.length() && text.charAt(end) >= 0x40 && text.charAt(end) <= 0x7e;
        return isFinal ? end + 1 : end;
    }

    /** Behind the end of a control string. One without an end loses only its introducer. */
    private static int afterString(final String text, final int at) {
        for (int end = at; end < text.length(); end++) {
            final char c = text.charAt(end);
            if (c == BEL || c == ST) {
                return end + 1;
            }
            if (c == ESC && text.startsWith("\\", end + 1)) {
                return end + 2;
            }
        }
        return at;
    }
}
