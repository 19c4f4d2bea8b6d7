package io.signalbox.kernel.facade;

import io.signalbox.kernel.routing.RoutingDecision;

/**
 * How the part of one agent went.
 *
 * @param agentId of the agent.
 * @param status how it ended.
 * @param executedBy the agent that did the work: itself, or the one that the routers branched to; empty when nobody did.
 * @param attempts how often it was tried.
 * @param lastDecision what the routers said last; null when they were not asked.
 * @param result what came of it; null without success.
 * @param reason why it failed, was left out or ended; empty when it completed.
 * @param resolutionTimeMs how long it waited for what it depends on.
 * @param executionTimeMs of all attempts together.
 */
public record AgentOutcome(
        String agentId,
        AgentStatus status,
        String executedBy,
        int attempts,
        RoutingDecision lastDecision,
        AgentResult result,
        String reason,
        double resolutionTimeMs,
        double executionTimeMs) {
    static AgentOutcome notRun(final String agentId, final String reason) {
        return new AgentOutcome(agentId, AgentStatus.NOT_RUN, "", 0, null, null, reason, 0, 0);
    }

    /** Whether who depends on it may go on. */
    public boolean isSuccess() {
        return status == AgentStatus.COMPLETED || status == AgentStatus.SKIPPED;
    }
}
