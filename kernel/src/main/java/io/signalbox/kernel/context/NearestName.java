package io.signalbox.kernel.context;

import java.util.Collection;

/** What somebody may have meant who wrote a name that is not known. Pure functions. */
public final class NearestName {
    private static final int LENGTH_MAX = 60;
    private static final int EDITS_MAX = 3;

    private NearestName() {}

    /** The known name that is the fewest edits away, however many; the first of several, empty when none is known. */
    public static String of(final String unknown, final Collection<String> known) {
        String nearest = "";
        int fewest = Integer.MAX_VALUE;
        for (final String name : known) {
            final int edits = distance(unknown, name, fewest);
            if (edits < fewest) {
                fewest = edits;
                nearest = name;
            }
        }
        return nearest;
    }

    /**
     * The known name that somebody probably meant; empty when every one would be another word altogether. A name with the same first letter is nearer than
     * another one; the first of equally near ones wins.
     */
    public static String near(final String unknown, final Collection<String> known) {
        String nearest = "";
        int lowest = Integer.MAX_VALUE;
        for (final String name : known) {
            final boolean isSameStart = !unknown.isEmpty() && !name.isEmpty() && same(unknown, 1, name, 1);
            final int allowed = Math.min(EDITS_MAX, Math.max(1, (unknown.length() + (isSameStart ? 1 : 0)) / 2));
            final boolean isShort = unknown.length() <= LENGTH_MAX && name.length() <= LENGTH_MAX;
            final int edits = isShort ? distance(unknown, name, allowed + 1) : allowed + 1;
            final int score = 2 * edits + (isSameStart ? 0 : 1);
            if (edits <= allowed && score < lowest) {
                lowest = score;
                nearest = name;
            }
        }
        return nearest;
    }

    /** {@code "; did you mean 'x'?"}, or an empty text when no known name is {@link #near}. */
    public static String hint(final String unknown, final Collection<String> known) {
        final String nearest = near(unknown, known);
        return nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
    }

    /** Edits (insert, remove, replace, swap neighbours; case is free) from one to the other; {@code limit} if not fewer. */
    private static int distance(final String left, final String right, final int limit) {
        if (Math.abs(left.length() - right.length()) >= limit) {
            return limit;
        }
        int[] beforeLast = new int[right.length() + 1];
        int[] last = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                final int replace = same(left, row, right, column) ? 0 : 1;
                int edits = Math.min(Math.min(last[column], current[column - 1]) + 1, last[column - 1] + replace);
                if (row > 1 && column > 1 && same(left, row, right, column - 1) && same(left, row - 1, right, column)) {
                    edits = Math.min(edits, beforeLast[column - 2] + 1);
                }
                current[column] = edits;
            }
            final int[] free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }
        return Math.min(last[right.length()], limit);
    }

    private static boolean same(final String left, final int row, final String right, final int column) {
        return lower(left.charAt(row - 1)) == lower(right.charAt(column - 1));
    }

    private static char lower(final char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
    }
}
