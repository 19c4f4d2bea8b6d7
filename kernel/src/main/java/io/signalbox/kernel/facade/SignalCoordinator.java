package io.signalbox.kernel.facade;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Receipt;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signals by the id of their coordination, in the words of the guides. Any thread. */
public final class SignalCoordinator {
    /** Sender of what no agent sends. */
    public static final String SYSTEM = "system";

    private final CoordinationManager manager;

    SignalCoordinator(final CoordinationManager manager) {
        this.manager = manager;
    }

    /**
     * Send a signal to everybody in a coordination.
     *
     * @param eventType such as {@code agent_initialized} or {@code agent_completed}; the latter is a failure when its data has an
     *     {@code error}.
     * @param eventData its fields; what the session belongs to is added.
     * @param senderAgentId the agent that sends it.
     * @throws io.signalbox.kernel.CommandRefusedException when the coordination is unknown or closed.
     */
    public Receipt signalCoordinationEvent(
            final String coordinationId,
            final String eventType,
            final Map<String, ?> eventData,
            final String senderAgentId) {
        return send(manager.open(coordinationId), eventType, eventData, senderAgentId);
    }

    Receipt send(
            final CoordinationSession session,
            final String eventType,
            final Map<String, ?> eventData,
            final String senderAgentId) {
        final Map<String, Object> data = new LinkedHashMap<>(eventData);
        session.belongings().forEach(data::putIfAbsent);
        final String payload = EventData.json(data);
        final Coordination coordination = session.coordination();
        if (!Coordination.AGENT_COMPLETED.equals(eventType)) {
            return coordination.raise(eventType, senderAgentId, payload);
        }
        final String agentId = String.valueOf(data.getOrDefault("agent_id", senderAgentId));
        final Object quality = data.get("quality_score");
        if (data.get("error") != null) {
            return coordination.fail(agentId, payload);
        }
        return quality instanceof Number score
                ? coordination.complete(agentId, score.doubleValue(), payload)
                : coordination.complete(agentId, payload);
    }
}
