package io.signalbox.kernel;

import io.signalbox.kernel.context.DocumentJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a distribution gave.
 *
 * @param receipt its value is how many agents the document named.
 * @param byAgent the contexts of these agents.
 * @param metrics what it took.
 */
public record DistributedContexts(Receipt receipt, Map<String, AgentContext> byAgent, Metrics metrics) {
    /**
     * What a distribution took.
     *
     * @param distributionTime from the call to the answer.
     * @param agentCount agents of the document.
     * @param contextSizeBytes of each agent's own part and what it shares, as JSON.
     * @param sharedIntelligenceSizeBytes of what all share, as JSON; the kernel holds it once.
     */
    public record Metrics(
            Duration distributionTime,
            int agentCount,
            Map<String, Long> contextSizeBytes,
            long sharedIntelligenceSizeBytes) {
        /** Its share of the time for each agent. */
        public Duration distributionTimePerAgent() {
            return distributionTime.dividedBy(agentCount);
        }
    }

    static DistributedContexts of(
            final Receipt receipt, final Map<String, AgentContext> byAgent, final Duration distributionTime) {
        final Map<String, Long> sizes = new LinkedHashMap<>();
        long sharedMax = 0;
        for (final Map.Entry<String, AgentContext> entry : byAgent.entrySet()) {
            final AgentContext context = entry.getValue();
            final long shared = DocumentJson.bytes(context.sharedIntelligence().toDocument()).length;
            final long own = (long) DocumentJson.bytes(context.agentAssignment().document()).length
                    + DocumentJson.bytes(context.resourceAllocation().toDocument()).length
                    + DocumentJson.bytes(context.coordinationProtocols().toDocument()).length;
            sizes.put(entry.getKey(), own + shared);
            sharedMax = Math.max(sharedMax, shared);
        }
        return new DistributedContexts(
                receipt, byAgent, new Metrics(distributionTime, byAgent.size(), sizes, sharedMax));
    }

    /** The context of one of these agents, or null. */
    public AgentContext get(final String agent) {
        return byAgent.get(agent);
    }

    /** How many agents the document named. */
    public int size() {
        return byAgent.size();
    }
}
