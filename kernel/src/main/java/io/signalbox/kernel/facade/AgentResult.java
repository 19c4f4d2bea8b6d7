package io.signalbox.kernel.facade;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What came of an agent's work.
 *
 * @param summary what a person reads.
 * @param qualityScore 0 to 1.
 * @param output values by name, for who comes after and for the criteria of the assignment.
 * @param artifacts names of what was made.
 * @param intelligence what it has learnt that others are to know, by kind ({@code type_registry}, {@code pattern_library},
 *     {@code validation_rules}, {@code naming_conventions}, {@code dependency_graph}); each a map.
 */
public record AgentResult(
        String summary,
        double qualityScore,
        Map<String, Object> output,
        List<String> artifacts,
        Map<String, Map<String, Object>> intelligence) {
    public AgentResult {
        Objects.requireNonNull(summary, "summary");
        if (!(qualityScore >= 0 && qualityScore <= 1)) {
            throw new IllegalArgumentException("qualityScore must be in 0..1: " + qualityScore);
        }
        output = Copies.of(output);
        artifacts = List.copyOf(artifacts);
        intelligence = Copies.of(intelligence);
    }

    /** A full success without output. */
    public static AgentResult of(final String summary) {
        return of(summary, 1);
    }

    /** A success of some quality. */
    public static AgentResult of(final String summary, final double qualityScore) {
        return new AgentResult(summary, qualityScore, Map.of(), List.of(), Map.of());
    }

    /** With a value for who comes after. */
    public AgentResult withOutput(final String name, final Object value) {
        return new AgentResult(summary, qualityScore, with(output, name, value), artifacts, intelligence);
    }

    /** With names of what was made. */
    public AgentResult withArtifacts(final String... names) {
        return new AgentResult(summary, qualityScore, output, List.of(names), intelligence);
    }

    /** With what others are to know from now on. */
    public AgentResult withIntelligence(final String kind, final Map<String, Object> learnt) {
        return new AgentResult(summary, qualityScore, output, artifacts, with(intelligence, kind, learnt));
    }

    private static <V> Map<String, V> with(final Map<String, V> before, final String name, final V value) {
        final Map<String, V> after = new LinkedHashMap<>(before);
        after.put(name, value);
        return after;
    }
}
