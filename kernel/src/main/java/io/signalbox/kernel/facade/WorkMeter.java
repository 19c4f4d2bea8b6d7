package io.signalbox.kernel.facade;

import io.signalbox.kernel.metrics.Metrics;
import io.signalbox.kernel.metrics.Tags;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measures what the façade does, under the names of the guides, with what the session belongs to. Any thread. */
final class WorkMeter {
    private static final int TEXT_LENGTH_MAX = 100;

    private final Metrics metrics;
    private final String correlationId;

    WorkMeter(final Metrics metrics, final String correlationId) {
        this.metrics = metrics;
        this.correlationId = correlationId.isEmpty() || correlationId.length() > TEXT_LENGTH_MAX ? null : correlationId;
    }

    /** Tags may be numbers: they are told as texts. */
    private Tags tags(final Map<String, ?> values) {
        final SortedMap<String, String> texts = new TreeMap<>();
        values.forEach((tag, value) -> texts.put(tag, String.valueOf(value)));
        return new Tags(values.isEmpty() ? Collections.emptySortedMap() : texts, correlationId);
    }

    /** The routers were asked. */
    void routed(final long durationNs) {
        metrics.timing("routing_decision_time").record(durationNs, tags(Map.of()));
        metrics.counter("routing_decisions_count").increment();
    }

    /** Contexts were distributed. */
    void distributed(final long durationNs, final int agentCount) {
        final Tags tags = tags(Map.of("agent_count", agentCount));
        metrics.timing("context_distribution_time").record(durationNs, tags);
        metrics.timing("context_distribution_per_agent_time").record(durationNs / Math.max(1, agentCount), tags);
    }

    /** An agent has done its work, or failed to. */
    void executed(final long durationNs, final int attempt, final boolean isSuccess) {
        metrics.timing("agent_execution_time")
                .record(durationNs, tags(Map.of("attempt", attempt, "success", isSuccess)));
    }

    /** A whole workflow has ended. */
    void finished(final long durationNs, final int agentCount, final CoordinationStatus status) {
        metrics.timing("workflow_execution_time")
                .record(durationNs, tags(Map.of("agent_count", agentCount, "status", status)));
    }
}
