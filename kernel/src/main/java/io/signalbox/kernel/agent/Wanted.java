package io.signalbox.kernel.agent;

import io.signalbox.kernel.names.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A capability or tag that is looked for, and those in use that count as it: it itself, or those that are enough alike. */
final class Wanted {
    private static final Posting NOBODY = new Posting();

    private final String text;
    private final byte[] bytes;
    private final char[] pairs;
    private final int permilleMin;
    private int[] names = new int[2];
    private int[] permilles = new int[2];
    private int count;

    private Wanted(final String text, final int permilleMin) {
        this.text = text;
        this.permilleMin = permilleMin;
        bytes = text.getBytes(StandardCharsets.UTF_8);
        pairs = Similarity.pairs(bytes);
    }

    static Wanted[] of(final List<String> texts, final double similarityMin) {
        final int permilleMin = (int) (similarityMin * Similarity.WHOLE + 0.5);
        return texts.stream().map(text -> new Wanted(text, permilleMin)).toArray(Wanted[]::new);
    }

    String text() {
        return text;
    }

    /** How many names count as it. */
    int count() {
        return count;
    }

    boolean isExact() {
        return permilleMin == Similarity.WHOLE;
    }

    void find(final NameTable known) {
        final int name = known.find(bytes, 0, bytes.length);
        if (name != NameTable.NONE) {
            add(name, Similarity.WHOLE);
        }
    }

    void compare(final Feature feature) {
        final int permille = Similarity.permille(pairs, feature.pairs);
        if (permille >= permilleMin && feature.agents.size() > 0) {
            add(feature.name, permille);
        }
    }

    private void add(final int name, final int permille) {
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            permilles = Arrays.copyOf(permilles, count * 2);
        }
        names[count] = name;
        permilles[count++] = permille;
    }

    /** How much the best of these is like it, 0 when none is enough. */
    int permilleOf(final int[] features) {
        int best = 0;
        for (int i = 0; i < count; i++) {
            if (permilles[i] > best) {
                for (final int feature : features) {
                    best = feature == names[i] ? permilles[i] : best;
                }
            }
        }
        return best;
    }

    /** Whoever has it, when only one name counts as it; null when several do. */
    Posting posting(final Features features) {
        if (count > 1) {
            return null;
        }
        final Feature feature = count == 0 ? null : features.get(names[0]);
        return feature == null ? NOBODY : feature.agents;
    }

    static boolean allIn(final Wanted[] wanted, final int[] features) {
        for (final Wanted each : wanted) {
            if (each.permilleOf(features) == 0) {
                return false;
            }
        }
        return true;
    }

    static boolean anyIn(final Wanted[] wanted, final int[] features) {
        for (final Wanted each : wanted) {
            if (each.permilleOf(features) > 0) {
                return true;
            }
        }
        return wanted.length == 0;
    }
}
