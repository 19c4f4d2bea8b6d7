package io.signalbox.yaml;

import java.util.Collection;

/** Finds the known name that somebody probably meant. */
public final class NearestName {
    private static final int LENGTH_MAX = 60;
    private static final int EDITS_MAX = 3;

    private NearestName() {}

    /**
     * {@code "; did you mean 'x'?"}, or an empty text if no known name is near. A name with the same first letter is nearer than
     * another one; the first of equally near ones wins.
     */
    public static String hint(final String name, final Collection<String> known) {
        final int edits = Math.min(EDITS_MAX, Math.max(1, name.length() / 2));
        String best = "";
        int bestScore = Integer.MAX_VALUE;
        for (final String candidate : known) {
            final boolean isSameStart = !name.isEmpty() && !candidate.isEmpty() && same(name, 1, candidate, 1);
            final int allowed = isSameStart ? Math.min(EDITS_MAX, Math.max(1, (name.length() + 1) / 2)) : edits;
            final int distance = distance(name, candidate, allowed + 1);
            final int score = 2 * distance + (isSameStart ? 0 : 1);
            if (distance <= allowed && score < bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
    }

    /** Edits (insert, remove, replace, swap neighbours; case is free) from one to the other; {@code limit} if not fewer. */
    private static int distance(final String left, final String right, final int limit) {
        if (Math.abs(left.length() - right.length()) >= limit
                || left.length() > LENGTH_MAX
                || right.length() > LENGTH_MAX) {
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
        return Character.toLowerCase(left.charAt(row - 1)) == Character.toLowerCase(right.charAt(column - 1));
    }
}
