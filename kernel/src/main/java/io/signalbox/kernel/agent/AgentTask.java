package io.signalbox.kernel.agent;

import java.util.List;

/**
 * A task for which an agent is looked for. Immutable; start from {@link #needing} and add what else counts.
 *
 * @param required capabilities without which an agent never matches.
 * @param preferred capabilities that make an agent suit better.
 * @param tags that make an agent suit better.
 * @param type the agent must be of, empty: no matter.
 * @param similarityMin as in {@link AgentQuery}.
 * @param scoreMin 0 to 1; who scores less does not match. 0: the best one, however it scores.
 * @param ranked most agents that are answered in the ranking, 1 to {@value #RANKED_MAX}.
 * @param weights of the parts of the score.
 */
public record AgentTask(
        List<String> required,
        List<String> preferred,
        List<String> tags,
        String type,
        double similarityMin,
        double scoreMin,
        int ranked,
        MatchWeights weights) {
    /** The least score, where a task does not say otherwise. */
    public static final double SCORE_MIN = 0.3;
    /** Capabilities that a task or a query may name, and tags. */
    public static final int NAMES_MAX = 64;
    /** Longest ranking. */
    public static final int RANKED_MAX = 100;

    /**
     * @throws IllegalArgumentException when a number is outside its range, or more than {@value #NAMES_MAX} capabilities or tags
     *     are named.
     */
    public AgentTask {
        required = List.copyOf(required);
        preferred = List.copyOf(preferred);
        tags = List.copyOf(tags);
        requireFew("capabilities", required.size() + preferred.size());
        requireFew("tags", tags.size());
        require(similarityMin >= 0 && similarityMin <= 1, "similarityMin must be in 0..1: " + similarityMin);
        require(scoreMin >= 0 && scoreMin <= 1, "scoreMin must be in 0..1: " + scoreMin);
        require(ranked >= 1 && ranked <= RANKED_MAX, "ranked must be in 1.." + RANKED_MAX + ": " + ranked);
    }

    static void requireFew(final String what, final int count) {
        require(count <= NAMES_MAX, "at most " + NAMES_MAX + " " + what + " can be named: " + count);
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** A task for an agent that has all of these capabilities; none: for any agent. */
    public static AgentTask needing(final String... capabilities) {
        return new AgentTask(List.of(capabilities), List.of(), List.of(), "", 1, SCORE_MIN, 3, MatchWeights.standard());
    }

    public AgentTask preferring(final String... capabilities) {
        return new AgentTask(required, List.of(capabilities), tags, type, similarityMin, scoreMin, ranked, weights);
    }

    public AgentTask tagged(final String... tags) {
        return new AgentTask(required, preferred, List.of(tags), type, similarityMin, scoreMin, ranked, weights);
    }

    public AgentTask ofType(final String type) {
        return new AgentTask(required, preferred, tags, type, similarityMin, scoreMin, ranked, weights);
    }

    /** Names that are so much alike count as the same; {@link AgentQuery#ALIKE} is usual. */
    public AgentTask alike(final double similarityMin) {
        return new AgentTask(required, preferred, tags, type, similarityMin, scoreMin, ranked, weights);
    }

    public AgentTask scoreMin(final double scoreMin) {
        return new AgentTask(required, preferred, tags, type, similarityMin, scoreMin, ranked, weights);
    }

    /** The best agent that can do it, however little it scores. */
    public AgentTask bestEffort() {
        return scoreMin(0);
    }

    public AgentTask ranked(final int ranked) {
        return new AgentTask(required, preferred, tags, type, similarityMin, scoreMin, ranked, weights);
    }

    public AgentTask weights(final MatchWeights weights) {
        return new AgentTask(required, preferred, tags, type, similarityMin, scoreMin, ranked, weights);
    }
}
