package io.signalbox.kernel.agent;

import java.util.Arrays;

/**
 * How much two names are alike, in thousandths: twice the pairs of neighbouring bytes that both have, by the pairs of both (Dice).
 * The ends of a name count as a neighbour, so that short names and first and last letters have their say; of ASCII letters the case
 * does not matter. Whole numbers only: the same on every machine. Equal names have 1,000.
 */
final class Similarity {
    /** Of equal names. */
    static final int WHOLE = 1000;

    private Similarity() {}

    /** The pairs of a name in ascending order, each as often as it stands there. */
    static char[] pairs(final byte[] name) {
        final char[] pairs = new char[name.length + 1];
        int before = 0;
        for (int i = 0; i < name.length; i++) {
            final int folded = folded(name[i]);
            pairs[i] = (char) (before << 8 | folded);
            before = folded;
        }
        pairs[name.length] = (char) (before << 8);
        Arrays.sort(pairs);
        return pairs;
    }

    private static int folded(final byte symbol) {
        return symbol >= 'A' && symbol <= 'Z' ? symbol + ('a' - 'A') : symbol & 0xFF;
    }

    /** From 0, nothing in common, to {@value #WHOLE}. */
    static int permille(final char[] one, final char[] other) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            if (one[i] == other[j]) {
                common++;
                i++;
                j++;
            } else if (one[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        return 2 * common * WHOLE / (one.length + other.length);
    }
}
