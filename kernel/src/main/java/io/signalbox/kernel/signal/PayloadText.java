package io.signalbox.kernel.signal;

import java.util.List;

/** A payload as JSON. Writes only. */
final class PayloadText {
    private static final String HEX = "0123456789abcdef";

    private PayloadText() {}

    static String json(final Payload payload) {
        final StringBuilder text = new StringBuilder();
        append(text, payload);
        return text.toString();
    }

    private static void append(final StringBuilder text, final Payload payload) {
        text.append('{');
        String between = "";
        for (final Payload.Field field : payload.inOrder()) {
            quote(text.append(between), field.name());
            text.append(':');
            value(text, field);
            between = ",";
        }
        text.append('}');
    }

    private static void value(final StringBuilder text, final Payload.Field field) {
        switch (field.type()) {
            case TEXT -> quote(text, (String) field.value());
            case NUMBER -> {
                final double number = (Double) field.value();
                if (Double.isNaN(number) || Double.isInfinite(number)) {
                    quote(text, Double.toString(number)); // JSON has no such number
                } else {
                    text.append(number);
                }
            }
            case INTEGER, FLAG -> text.append(field.value());
            case TEXTS -> {
                text.append('[');
                String between = "";
                for (final Object one : (List<?>) field.value()) {
                    quote(text.append(between), (String) one);
                    between = ",";
                }
                text.append(']');
            }
            case FIELDS -> append(text, (Payload) field.value());
        }
    }

    private static void quote(final StringBuilder text, final String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u00").append(HEX.charAt(c >>> 4)).append(HEX.charAt(c & 0xF));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
