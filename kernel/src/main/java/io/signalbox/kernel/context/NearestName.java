package io.signalbox.kernel.context;

import java.util.List;

/** What somebody may have meant who wrote a name that is not known. */
public final class NearestName {
    private static final int CHANGES_MAX = 3;

    private NearestName() {}

    /** The known name that is the fewest changes of a character away; the first of several. */
    static String of(final String unknown, final List<String> known) {
        String nearest = "";
        int fewest = Integer.MAX_VALUE;
        for (final String name : known) {
            final int changes = changes(unknown, name);
            if (changes < fewest) {
                fewest = changes;
                nearest = name;
            }
        }
        return nearest;
    }

    /** As {@link #of}, and empty when that would be another word altogether. */
    public static String near(final String unknown, final List<String> known) {
        final String nearest = of(unknown, known);
        final int allowed = Math.min(CHANGES_MAX, Math.max(1, unknown.length() / 2));
        return nearest.isEmpty() || changes(unknown, nearest) > allowed ? "" : nearest;
    }

    private static int changes(final String from, final String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            final int[] next = new int[row.length];
            next[0] = i;
            for (int j = 1; j < row.length; j++) {
                final int other = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                next[j] = Math.min(row[j - 1] + other, 1 + Math.min(row[j], next[j - 1]));
            }
            row = next;
        }
        return row[to.length()];
    }
}
