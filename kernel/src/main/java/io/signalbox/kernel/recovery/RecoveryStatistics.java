package io.signalbox.kernel.recovery;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of all recoveries so far. Immutable.
 *
 * @param total recoveries.
 * @param successes those that succeeded.
 * @param retries of all of them.
 * @param totalNs how long all took together.
 * @param minNs the shortest; 0 when there was none.
 * @param maxNs the longest.
 * @param byStrategy every strategy that was tried, also those before the last.
 * @param byErrorType recoveries of each type.
 * @param byPattern recoveries by the pattern's id; of more than {@value #PATTERNS_MAX} the others stand under {@link #OTHERS}.
 * @param byTypeAndStrategy what was tried, by the word of the type, a slash and the strategy.
 */
public record RecoveryStatistics(
        long total,
        long successes,
        long retries,
        long totalNs,
        long minNs,
        long maxNs,
        SortedMap<String, Tally> byStrategy,
        SortedMap<String, Tally> byErrorType,
        SortedMap<String, Tally> byPattern,
        SortedMap<String, Tally> byTypeAndStrategy) {
    /** Patterns that are counted apart. */
    public static final int PATTERNS_MAX = 1000;
    /** Where the others are counted. */
    public static final String OTHERS = "(others)";

    /** A recommendation needs a strategy that was tried so often. */
    public static final int TRIES_ENOUGH = 5;

    /** Nothing yet. */
    public static final RecoveryStatistics NONE = new RecoveryStatistics(
            0,
            0,
            0,
            0,
            0,
            0,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap());

    private static final double NS_PER_MS = 1e6;

    /**
     * How often something was tried, and how often it helped.
     *
     * @param count how often.
     * @param successes of these.
     */
    public record Tally(long count, long successes) {
        /** Share of successes, 0 to 1; 0 when nothing was tried. */
        public double successRate() {
            return count == 0 ? 0 : (double) successes / count;
        }

        private Tally plus(final boolean isSuccess) {
            return new Tally(count + 1, successes + (isSuccess ? 1 : 0));
        }
    }

    /** The same and one more. */
    public RecoveryStatistics plus(final RecoveryResult result) {
        final SortedMap<String, Tally> strategies = new TreeMap<>(byStrategy);
        final SortedMap<String, Tally> types = new TreeMap<>(byErrorType);
        final SortedMap<String, Tally> patterns = new TreeMap<>(byPattern);
        final SortedMap<String, Tally> both = new TreeMap<>(byTypeAndStrategy);
        final String type = result.errorType().word();
        for (final RecoveryResult.Tried tried : result.tried()) {
            count(strategies, tried.strategy(), tried.isSuccess());
            count(both, type + "/" + tried.strategy(), tried.isSuccess());
        }
        count(types, type, result.isSuccess());
        if (result.patternMatched() != null) {
            final boolean hasPlace = patterns.containsKey(result.patternMatched()) || patterns.size() < PATTERNS_MAX;
            count(patterns, hasPlace ? result.patternMatched() : OTHERS, result.isSuccess());
        }
        return new RecoveryStatistics(
                total + 1,
                successes + (result.isSuccess() ? 1 : 0),
                retries + result.retryCount(),
                totalNs + result.durationNs(),
                total == 0 ? result.durationNs() : Math.min(minNs, result.durationNs()),
                Math.max(maxNs, result.durationNs()),
                Collections.unmodifiableSortedMap(strategies),
                Collections.unmodifiableSortedMap(types),
                Collections.unmodifiableSortedMap(patterns),
                Collections.unmodifiableSortedMap(both));
    }

    private static void count(final Map<String, Tally> tallies, final String name, final boolean isSuccess) {
        tallies.merge(name, new Tally(0, 0).plus(isSuccess), (known, none) -> known.plus(isSuccess));
    }

    /** Recoveries that failed. */
    public long failures() {
        return total - successes;
    }

    /** Share of recoveries that succeeded, 0 to 1; 0 when there was none. */
    public double successRate() {
        return total == 0 ? 0 : (double) successes / total;
    }

    /** How long a recovery took on average, in milliseconds; 0 when there was none. */
    public double averageMs() {
        return total == 0 ? 0 : totalNs / NS_PER_MS / total;
    }

    /** The strategy that helped most often with a type of errors, of those tried {@value #TRIES_ENOUGH} times or more; null for none. */
    public String recommended(final ErrorType type) {
        final String prefix = type.word() + "/";
        return byTypeAndStrategy.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> entry.getValue().count() >= TRIES_ENOUGH
                        && entry.getValue().successes() > 0)
                .max(Comparator.comparingDouble(entry -> entry.getValue().successRate()))
                .map(entry -> entry.getKey().substring(prefix.length()))
                .orElse(null);
    }
}
