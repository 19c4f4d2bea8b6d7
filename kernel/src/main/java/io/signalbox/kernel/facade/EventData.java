package io.signalbox.kernel.facade;

import java.util.List;
import java.util.Map;

/** Maps as JSON. */
final class EventData {
    private EventData() {}

    static String json(final Map<String, ?> data) {
        final StringBuilder text = new StringBuilder();
        append(text, data);
        return text.toString();
    }

    private static void append(final StringBuilder text, final Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof Map<?, ?> map) {
            String before = "{";
            for (final Map.Entry<?, ?> each : map.entrySet()) {
                quote(text.append(before), String.valueOf(each.getKey()));
                append(text.append(':'), each.getValue());
                before = ",";
            }
            text.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String before = "[";
            for (final Object each : list) {
                append(text.append(before), each);
                before = ",";
            }
            text.append(list.isEmpty() ? "[]" : "]");
        } else {
            quote(text, value.toString());
        }
    }

    private static void quote(final StringBuilder text, final String plain) {
        text.append('"');
        plain.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        text.append('"');
    }
}
