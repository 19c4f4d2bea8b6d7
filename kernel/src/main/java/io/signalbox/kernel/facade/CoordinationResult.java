package io.signalbox.kernel.facade;

import java.util.Map;

/**
 * What came of a coordinated workflow.
 *
 * @param coordinationId of the session, which is closed by now.
 * @param sessionId of it.
 * @param correlationId of what it belonged to; may be empty.
 * @param parentRunId of the run that it was a part of; may be empty.
 * @param status how it ended.
 * @param agents how each agent fared, in the order of the assignments.
 * @param signalsSent signals raised in the session, as the kernel counted them.
 * @param durationsMs how long each part took: {@code distribution_time_ms}, {@code execution_time_ms}, {@code total_time_ms}.
 */
public record CoordinationResult(
        String coordinationId,
        String sessionId,
        String correlationId,
        String parentRunId,
        CoordinationStatus status,
        Map<String, AgentOutcome> agents,
        long signalsSent,
        Map<String, Double> durationsMs) {
    public CoordinationResult {
        agents = Copies.of(agents);
        durationsMs = Copies.of(durationsMs);
    }

    /** Whether every agent completed or was left out. */
    public boolean isSuccess() {
        return status == CoordinationStatus.COMPLETED;
    }

    /**
     * How an agent fared.
     *
     * @throws IllegalArgumentException when there is none of this name.
     */
    public AgentOutcome agent(final String agentId) {
        final AgentOutcome outcome = agents.get(agentId);
        if (outcome == null) {
            throw new IllegalArgumentException("no agent is called '" + agentId + "'; there are " + agents.keySet());
        }
        return outcome;
    }
}
