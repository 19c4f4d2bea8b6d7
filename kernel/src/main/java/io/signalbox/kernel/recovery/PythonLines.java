package io.signalbox.kernel.recovery;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Code of Python, looked at line by line. Whatever is not understood is left alone. */
final class PythonLines {
    private PythonLines() {}

    static List<String> of(final String code) {
        return List.of(code.split("\n", -1));
    }

    static String each(final String code, final UnaryOperator<String> change) {
        return of(code).stream().map(change).collect(Collectors.joining("\n"));
    }

    /** How many characters of white space a line begins with. */
    static int indent(final String line) {
        return line.length() - line.stripLeading().length();
    }

    static boolean isImport(final String line) {
        final String text = line.strip();
        return text.startsWith("import ") || text.startsWith("from ") && text.contains(" import ");
    }

    static boolean isDefinition(final String line) {
        final String text = line.strip();
        return text.startsWith("def ") || text.startsWith("async def ");
    }

    /** Where a name stands as a whole word, from a place on; -1 when nowhere. */
    static int wordAt(final String line, final String word, final int from) {
        for (int at = line.indexOf(word, from); at >= 0; at = line.indexOf(word, at + 1)) {
            final int end = at + word.length();
            final boolean begins = at == 0 || !isOfAName(line.charAt(at - 1)) && line.charAt(at - 1) != '.';
            if (begins && (end == line.length() || !isOfAName(line.charAt(end)))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isOfAName(final char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    static String replaced(final String line, final String word, final String by) {
        final StringBuilder text = new StringBuilder();
        int from = 0;
        for (int at = wordAt(line, word, 0); at >= 0; at = wordAt(line, word, from)) {
            text.append(line, from, at).append(by);
            from = at + word.length();
        }
        return text.append(line, from, line.length()).toString();
    }

    /** Where a definition names a parameter without a type; -1 when it does not. */
    static int untyped(final String line, final String parameter) {
        final int open = line.indexOf('(');
        final int at = isDefinition(line) && open >= 0 ? wordAt(line, parameter, open) : -1;
        return at < 0 || line.substring(at + parameter.length()).stripLeading().startsWith(":") ? -1 : at;
    }

    static String required(final Map<String, String> details, final String name, final String who) {
        final String value = details.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(who + " needs '" + name + "' in the metadata of its pattern");
        }
        return value;
    }
}
