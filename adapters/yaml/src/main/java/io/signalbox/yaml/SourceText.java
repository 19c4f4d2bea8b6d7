package io.signalbox.yaml;

import java.util.Arrays;

/** The text of a file with its lines, to turn places into offsets and back. Line breaks are LF, CR LF and CR, as in YAML. */
final class SourceText {
    private final String text;
    private final int[] lineStarts;

    SourceText(final String text) {
        this.text = text;
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            final char character = text.charAt(i);
            final boolean isBreak =
                    character == '\n' || (character == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (isBreak) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count] = i + 1;
                count++;
            }
        }
        this.lineStarts = Arrays.copyOf(starts, count);
    }

    String text() {
        return text;
    }

    /** The place of the character at that offset. */
    Place place(final int offset) {
        final int found = Arrays.binarySearch(lineStarts, offset);
        final int line = found >= 0 ? found : -found - 2;
        return new Place(line + 1, text.codePointCount(lineStarts[line], offset) + 1);
    }

    /** Where {@code fragment} first stands in a node, or where the node begins if escapes or folding hide it. */
    Place find(final YamlNode node, final String fragment) {
        final Place from = node.place();
        if (fragment.isEmpty() || from.line() > lineStarts.length) {
            return from;
        }
        final int start = offset(from);
        final int found =
                text.substring(start, Math.max(start, offset(node.end()))).indexOf(fragment);
        return found < 0 ? from : place(start + found);
    }

    /** The characters of a line before {@code column}. */
    String lineBefore(final Place place) {
        return text.substring(lineStarts[Math.min(place.line(), lineStarts.length) - 1], offset(place));
    }

    private int offset(final Place place) {
        if (place.line() > lineStarts.length) {
            return text.length();
        }
        int offset = lineStarts[place.line() - 1];
        for (int column = 1; column < place.column() && offset < text.length(); column++) {
            offset = text.offsetByCodePoints(offset, 1);
        }
        return offset;
    }
}
