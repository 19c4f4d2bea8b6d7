package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * {@code ${name}} in the texts of a pattern. A placeholder that stands alone becomes its value, whatever that is; inside a text it becomes text: a text as
 * it is, everything else as JSON. What it brings in is not read again. {@code $${} stands for {@code ${}.
 */
final class Placeholders {
    private static final String OPEN = "${";
    private static final char CLOSE = '}';

    private Placeholders() {}

    /** What is told the value of each name. */
    interface Values {
        /** The value of a name; null, and a problem added, when there is none. */
        DocumentValue of(String name, String path);
    }

    /** What is told of a text that cannot be read. */
    interface Complaints {
        void add(String path, String message);
    }

    /** A value with its placeholders replaced. */
    static DocumentValue resolve(
            final DocumentValue value, final String path, final Values values, final Complaints complaints) {
        return switch (value.kind()) {
            case NULL, BOOLEAN, LONG, DOUBLE -> value;
            case TEXT -> text(value, path, values, complaints);
            case LIST -> {
                final List<Object> list = new ArrayList<>(value.size());
                for (int i = 0; i < value.size(); i++) {
                    list.add(resolve(value.value(i), path + "[" + i + "]", values, complaints));
                }
                yield DocumentValue.of(list);
            }
            case MAP -> {
                final TreeMap<String, Object> map = new TreeMap<>();
                for (int i = 0; i < value.size(); i++) {
                    map.put(
                            value.name(i),
                            resolve(value.value(i), join(path, value.name(i)), values, complaints));
                }
                yield DocumentValue.of(map);
            }
        };
    }

    static String join(final String path, final String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static DocumentValue text(
            final DocumentValue value, final String path, final Values values, final Complaints complaints) {
        final String text = value.text();
        if (text.indexOf(OPEN) < 0) {
            return value;
        }
        if (text.startsWith(OPEN) && text.indexOf(CLOSE) == text.length() - 1) {
            final DocumentValue found = values.of(text.substring(OPEN.length(), text.length() - 1), path);
            return found == null ? DocumentValue.NULL : found;
        }
        final StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            if (open > from && text.charAt(open - 1) == '$') {
                filled.append(text, from, open - 1).append(OPEN);
                from = open + OPEN.length();
                continue;
            }
            final int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                complaints.add(path, "'${' is not closed; close it with '}', or write '$${' for the characters themselves");
                return DocumentValue.NULL;
            }
            final DocumentValue found = values.of(text.substring(open + OPEN.length(), close), path);
            filled.append(text, from, open);
            if (found != null) {
                filled.append(found.isText() ? found.text() : found.toString());
            }
            from = close + 1;
        }
        return DocumentValue.of(filled.append(text, from, text.length()).toString());
    }
}
