package io.signalbox.kernel.facade;

import io.signalbox.kernel.AgentContext;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;

/** One attempt of one agent: what its {@link AgentExecutor} is told. Belongs to the thread that executes it. */
public final class AgentTurn {
    private final CoordinationSession session;
    private final String agentId;
    private final Assignment assignment;
    private final int attempt;
    private final Map<String, AgentResult> results;
    private final Map<String, Object> recovery;

    AgentTurn(
            final CoordinationSession session,
            final String agentId,
            final Assignment assignment,
            final int attempt,
            final Map<String, AgentResult> results,
            final Map<String, Object> recovery) {
        this.session = session;
        this.agentId = agentId;
        this.assignment = assignment;
        this.attempt = attempt;
        this.results = results;
        this.recovery = recovery;
    }

    /** Who works. */
    public String agentId() {
        return agentId;
    }

    /** What it is to do. */
    public Assignment assignment() {
        return assignment;
    }

    /** Number of the attempt, from 1. */
    public int attempt() {
        return attempt;
    }

    /** Its context as it is now, with what others have shared meanwhile; null when the session distributed none. */
    public AgentContext context() {
        return session.getAgentContext(agentId);
    }

    /** What a recovery's strategies want of this attempt: which alternative to take, at which level to work; empty for nothing. */
    public Map<String, Object> recovery() {
        return Collections.unmodifiableMap(recovery);
    }

    /** The session it works in: for signals, state, leases. */
    public CoordinationSession session() {
        return session;
    }

    /**
     * What an agent has brought about that this one depends on.
     *
     * @throws IllegalArgumentException when that agent has not completed.
     */
    public AgentResult resultOf(final String otherAgentId) {
        final AgentResult result = results.get(otherAgentId);
        if (result == null) {
            throw new IllegalArgumentException("agent '" + Objects.requireNonNull(otherAgentId)
                    + "' has no result yet; name it in the dependencies of '" + agentId + "'");
        }
        return result;
    }
}
