package io.signalbox.kernel.routing.router;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON document as values that routers understand: maps, lists, texts, {@code Long}, {@code Double}, truth values and null. Up to
 * {@value #DEPTH_MAX} levels. Of two equal keys the later one counts.
 */
public final class JsonText {
    /** Deepest nesting. */
    public static final int DEPTH_MAX = 64;

    private static final int UNICODE_DIGITS = 4;
    private static final int LONG_DIGITS_MAX = 20;

    private final String text;
    private int at;

    private JsonText(final String text) {
        this.text = text;
    }

    /**
     * The value of a document.
     *
     * @throws IllegalArgumentException when it is none; the message says where.
     */
    public static Object parse(final String text) {
        final JsonText json = new JsonText(text);
        final Object value = json.value(0);
        json.space();
        if (json.at < text.length()) {
            throw json.unexpected("the end");
        }
        return value;
    }

    private Object value(final int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("JSON is more than " + DEPTH_MAX + " levels deep at character " + at);
        }
        space();
        return switch (peek()) {
            case '{' -> map(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> map(final int depth) {
        final Map<String, Object> map = new LinkedHashMap<>();
        at++;
        if (closes('}')) {
            return map;
        }
        do {
            space();
            if (peek() != '"') {
                throw unexpected("a key");
            }
            final String key = string();
            space();
            expect(':');
            map.put(key, value(depth + 1));
        } while (goesOn('}'));
        return map;
    }

    private List<Object> list(final int depth) {
        final List<Object> list = new ArrayList<>();
        at++;
        if (closes(']')) {
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (goesOn(']'));
        return list;
    }

    private boolean closes(final char end) {
        space();
        if (peek() == end) {
            at++;
            return true;
        }
        return false;
    }

    private boolean goesOn(final char end) {
        if (closes(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() {
        final StringBuilder string = new StringBuilder();
        at++;
        while (peek() != '"') {
            final char c = peek();
            if (c < ' ') {
                throw unexpected("the end of a text");
            }
            at++;
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        final char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw unexpected("an escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < UNICODE_DIGITS; i++) {
            final int digit = "0123456789abcdef0123456789ABCDEF".indexOf(peek());
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            code = code << 4 | digit & 15;
            at++;
        }
        return (char) code;
    }

    private Object word(final String word, final Object value) {
        if (!text.startsWith(word, at)) {
            throw unexpected("a value");
        }
        at += word.length();
        return value;
    }

    private Object number() {
        final int from = at;
        boolean isWhole = true;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            isWhole &= ".eE".indexOf(text.charAt(at)) < 0;
            at++;
        }
        final String digits = text.substring(from, at);
        try {
            return isWhole && digits.length() <= LONG_DIGITS_MAX
                    ? whole(new BigInteger(digits))
                    : (Object) Double.valueOf(digits);
        } catch (final NumberFormatException e) {
            at = from;
            throw unexpected("a value");
        }
    }

    private static Object whole(final BigInteger exact) {
        return exact.bitLength() < Long.SIZE ? (Object) exact.longValue() : (Object) exact.doubleValue();
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character; one that stands in no document when there is none. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(final char c) {
        if (peek() != c) {
            throw unexpected("'" + c + "'");
        }
        at++;
    }

    private IllegalArgumentException unexpected(final String wanted) {
        return new IllegalArgumentException("JSON: expected " + wanted + " at character " + at + ", found "
                + (at < text.length() ? "'" + text.charAt(at) + "'" : "the end"));
    }
}
