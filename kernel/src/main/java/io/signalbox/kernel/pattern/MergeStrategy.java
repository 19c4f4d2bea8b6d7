package io.signalbox.kernel.pattern;

import java.util.Arrays;
import java.util.List;

/** How results go together, and, on a join, how many sources have to succeed. */
public enum MergeStrategy {
    /** All have to succeed; keys of all results, of colliding values the later one in declared order. */
    ALL,
    /** One has to succeed; its result alone. */
    FIRST,
    /** More than half of those declared have to succeed; of each key the value on which more than half of those declared agree. */
    MAJORITY,
    /** Keys of all results, of colliding values the later one in declared order. */
    COMBINE,
    /** As {@link #COMBINE}. */
    UNION,
    /** Keys that are in all results, of colliding values the later one in declared order. */
    INTERSECTION,
    /** Of each key the value that most gave; among equals the one that was given first in declared order. */
    PLURALITY,
    /** What a registered function says. */
    CUSTOM;

    /** How it is written. */
    public String word() {
        return switch (this) {
            case ALL -> "all";
            case FIRST -> "first";
            case MAJORITY -> "majority";
            case COMBINE -> "combine";
            case UNION -> "union";
            case INTERSECTION -> "intersection";
            case PLURALITY -> "plurality";
            case CUSTOM -> "custom";
        };
    }

    /** The strategy of a word, or null. */
    public static MergeStrategy named(final String word) {
        for (final MergeStrategy strategy : values()) {
            if (strategy.word().equals(word)) {
                return strategy;
            }
        }
        return null;
    }

    /** The words of all strategies. */
    public static List<String> words() {
        return Arrays.stream(values()).map(MergeStrategy::word).toList();
    }

    /** On a join of so many sources: how many have to succeed. */
    public int required(final int sources) {
        return switch (this) {
            case FIRST -> Math.min(1, sources);
            case MAJORITY -> sources / 2 + (sources == 0 ? 0 : 1);
            case ALL, COMBINE, UNION, INTERSECTION, PLURALITY, CUSTOM -> sources;
        };
    }

    /** How a join of this strategy merges: the words that only say how many merge by {@link #COMBINE}. */
    public MergeStrategy ofResults() {
        return this == ALL || this == MAJORITY ? COMBINE : this;
    }
}
