package io.signalbox.kernel.context;

import io.signalbox.kernel.routing.router.JsonText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;

/** Documents as JSON in UTF-8: what stands in commands, in the journal and in signals. The same text on every JDK. */
public final class DocumentJson {
    private static final char FIRST_PLAIN = ' ';
    private static final String HEX = "0123456789abcdef";
    private static final int DIGITS_MIN = 15;
    private static final int DIGITS_MAX = 17;
    private static final int ZEROS_MAX = 5;

    private DocumentJson() {}

    /**
     * The document in these bytes.
     *
     * @throws IllegalArgumentException when they are no JSON; the message says where.
     */
    public static DocumentValue parse(final byte[] bytes, final int from, final int length) {
        return DocumentValue.of(JsonText.parse(new String(bytes, from, length, StandardCharsets.UTF_8)));
    }

    /** The document in these bytes, or null when they are no JSON. */
    static DocumentValue parseOrNull(final byte[] bytes, final int from, final int length) {
        try {
            return parse(bytes, from, length);
        } catch (final IllegalArgumentException notJson) {
            return null;
        }
    }

    /** The map in these bytes; the empty one when they are no JSON object. */
    public static DocumentValue mapIn(final byte[] bytes) {
        final DocumentValue document =
                bytes.length == 0 || bytes[0] != '{' ? null : parseOrNull(bytes, 0, bytes.length);
        return document == null ? DocumentValue.EMPTY_MAP : document;
    }

    /** As bytes. Equal documents have equal bytes. */
    public static byte[] bytes(final DocumentValue value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    static String text(final DocumentValue value) {
        final StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(final StringBuilder text, final DocumentValue value) {
        switch (value.kind()) {
            case NULL -> text.append("null");
            case BOOLEAN -> text.append(value.isTrue());
            case LONG -> text.append(value.asLong());
            case DOUBLE -> text.append(number(value.asDouble()));
            case TEXT -> quote(text, value.text());
            case LIST -> {
                text.append('[');
                for (int i = 0; i < value.size(); i++) {
                    append(text.append(i == 0 ? "" : ","), value.value(i));
                }
                text.append(']');
            }
            case MAP -> {
                text.append('{');
                for (int i = 0; i < value.size(); i++) {
                    quote(text.append(i == 0 ? "" : ","), value.name(i));
                    append(text.append(':'), value.value(i));
                }
                text.append('}');
            }
        }
    }

    /** The fewest of 15 to 17 digits that mean this number. {@code Double.toString} has other digits on other JDKs. */
    private static String number(final double number) {
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        final BigDecimal exact = new BigDecimal(number);
        for (int digits = DIGITS_MIN; digits < DIGITS_MAX; digits++) {
            final BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return withPoint(rounded);
            }
        }
        return withPoint(exact.round(new MathContext(DIGITS_MAX)));
    }

    /** A fraction stays one when it is read again. */
    private static String withPoint(final BigDecimal number) {
        final BigDecimal stripped = number.stripTrailingZeros();
        final int wholeDigits = stripped.precision() - stripped.scale();
        final boolean isPlain = wholeDigits > -ZEROS_MAX && wholeDigits <= DIGITS_MAX;
        final String text = isPlain ? stripped.toPlainString() : stripped.toString();
        return text.indexOf('.') < 0 && text.indexOf('E') < 0 ? text + ".0" : text;
    }

    private static void quote(final StringBuilder text, final String plain) {
        text.append('"');
        for (int i = 0; i < plain.length(); i++) {
            final char c = plain.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < FIRST_PLAIN) {
                text.append("\\u00").append(HEX.charAt(c >>> 4)).append(HEX.charAt(c & 0xF));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
