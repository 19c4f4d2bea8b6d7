package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** How results of several tasks become one. Pure; the sources stand in declared order, which decides wherever one has to. */
public final class Merges {
    /** The key of votes that are no maps. */
    public static final String VALUE = "value";

    private Merges() {}

    /** What one source says about a key. */
    private record Say(String taskId, DocumentValue value) {}

    /**
     * Merge. A source that brought nothing is left out, and counts as one of those declared.
     *
     * @param strategy any but {@link MergeStrategy#CUSTOM}, which somebody else carries out.
     * @throws IncomparableResultsException when a result is no map, unless none is and there is a vote.
     */
    public static Merged merge(final MergeStrategy strategy, final List<SourceResult> sources) {
        final List<SourceResult> there =
                sources.stream().filter(SourceResult::isThere).toList();
        return switch (strategy) {
            case ALL, COMBINE, UNION -> later(strategy, sources, says(there), 1);
            case INTERSECTION -> later(strategy, sources, says(there), there.size());
            case MAJORITY -> vote(strategy, sources, says(asVotes(there)), sources.size() / 2 + 1);
            case PLURALITY -> vote(strategy, sources, says(asVotes(there)), 1);
            case FIRST ->
                new Merged(
                        strategy,
                        there.isEmpty() ? DocumentValue.EMPTY_MAP : map(there.get(0)),
                        sources,
                        List.of(),
                        List.of());
            case CUSTOM -> throw new IllegalArgumentException("a custom merge is carried out by its function");
        };
    }

    /** Votes that are no maps are maps with one key. */
    private static List<SourceResult> asVotes(final List<SourceResult> there) {
        if (there.stream().anyMatch(source -> source.result().isMap())) {
            return there;
        }
        final List<SourceResult> votes = new ArrayList<>();
        for (final SourceResult source : there) {
            final TreeMap<String, Object> map = new TreeMap<>();
            map.put(VALUE, source.result());
            votes.add(new SourceResult(source.taskId(), source.taskType(), DocumentValue.of(map)));
        }
        return votes;
    }

    private static DocumentValue map(final SourceResult source) {
        if (!source.result().isMap()) {
            throw new IncomparableResultsException("the result of '" + source.taskId() + "' is "
                    + PatternParameter.typeOf(source.result())
                    + " and no map, so it cannot be merged with others by their keys");
        }
        return source.result();
    }

    private static TreeMap<String, List<Say>> says(final List<SourceResult> there) {
        final TreeMap<String, List<Say>> says = new TreeMap<>();
        for (final SourceResult source : there) {
            final DocumentValue result = map(source);
            for (int i = 0; i < result.size(); i++) {
                says.computeIfAbsent(result.name(i), key -> new ArrayList<>())
                        .add(new Say(source.taskId(), result.value(i)));
            }
        }
        return says;
    }

    private static Merged later(
            final MergeStrategy strategy,
            final List<SourceResult> sources,
            final TreeMap<String, List<Say>> says,
            final int givenBy) {
        final TreeMap<String, Object> merged = new TreeMap<>();
        final List<Collision> collisions = new ArrayList<>();
        says.forEach((key, given) -> {
            if (given.size() >= givenBy) {
                final Say last = given.get(given.size() - 1);
                merged.put(key, last.value());
                addCollision(collisions, key, given, last.taskId());
            }
        });
        return new Merged(strategy, DocumentValue.of(merged), sources, collisions, List.of());
    }

    private static Merged vote(
            final MergeStrategy strategy,
            final List<SourceResult> sources,
            final TreeMap<String, List<Say>> says,
            final int votesMin) {
        final TreeMap<String, Object> merged = new TreeMap<>();
        final List<Collision> collisions = new ArrayList<>();
        final List<String> undecided = new ArrayList<>();
        says.forEach((key, given) -> {
            final TreeMap<String, Integer> votes = votes(given);
            final Say winner = mostGiven(given, votes);
            final boolean isDecided = votes.get(winner.value().toString()) >= votesMin;
            if (isDecided) {
                merged.put(key, winner.value());
            } else {
                undecided.add(key);
            }
            addCollision(collisions, key, given, isDecided ? winner.taskId() : "");
        });
        return new Merged(strategy, DocumentValue.of(merged), sources, collisions, undecided);
    }

    /** The first of those whose value was given most often. */
    private static Say mostGiven(final List<Say> given, final TreeMap<String, Integer> votes) {
        Say winner = given.get(0);
        for (final Say say : given) {
            if (votes.get(say.value().toString()) > votes.get(winner.value().toString())) {
                winner = say;
            }
        }
        return winner;
    }

    private static TreeMap<String, Integer> votes(final Iterable<Say> given) {
        final TreeMap<String, Integer> votes = new TreeMap<>();
        for (final Say say : given) {
            votes.merge(say.value().toString(), 1, Integer::sum);
        }
        return votes;
    }

    private static void addCollision(
            final List<Collision> collisions, final String key, final List<Say> given, final String taken) {
        if (given.stream().anyMatch(say -> !say.value().equals(given.get(0).value()))) {
            collisions.add(new Collision(
                    key, given.stream().map(Say::taskId).toList(), taken));
        }
    }
}
