package io.signalbox.kernel.facade;

import io.signalbox.kernel.AgentContext;
import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.ContextUpdate;
import io.signalbox.kernel.ContextUpdateRequest;
import io.signalbox.kernel.DistributedContexts;
import io.signalbox.kernel.event.Rejection;
import java.util.List;
import java.util.Map;

/** Contexts by the id of their coordination, in the words of the guides. Any thread. */
public final class ContextDistributor {
    private final CoordinationManager manager;

    ContextDistributor(final CoordinationManager manager) {
        this.manager = manager;
    }

    /**
     * Give every agent its context, or none of them. A session that is not open yet is begun.
     *
     * @param coordinationState {@code coordination_id} and, if the session is to be begun, {@code session_id}.
     * @param agentAssignments who does what.
     * @throws CommandRefusedException when the coordination id is missing or blank.
     * @throws io.signalbox.kernel.context.InvalidContextException when an assignment is not as it has to be.
     */
    public DistributedContexts distributeAgentContext(
            final Map<String, ?> coordinationState, final AgentAssignments agentAssignments) {
        final Fields fields = new Fields(coordinationState, "the coordination state");
        final String coordinationId = fields.take(String.class, "", "coordination_id");
        final String sessionId = fields.take(String.class, "", "session_id");
        final String parentRunId = fields.take(String.class, "", "parent_workflow_id", "parent_run_id");
        final String correlationId = fields.take(String.class, "", "correlation_id");
        fields.end("coordination_id, session_id, parent_workflow_id, correlation_id");
        if (coordinationId.isBlank()) {
            throw new CommandRefusedException(Rejection.BLANK_NAME, "the coordination state has no coordination_id");
        }
        return manager.openOrStart(coordinationId, sessionId, correlationId, parentRunId)
                .distributeAgentContext(agentAssignments);
    }

    /** The context of an agent as it is now; null when it has none. */
    public AgentContext getAgentContext(final String coordinationId, final String agentId) {
        return manager.open(coordinationId).getAgentContext(agentId);
    }

    /** Change what agents share; those concerned are told. */
    public ContextUpdate updateSharedIntelligence(final String coordinationId, final ContextUpdateRequest request) {
        return manager.open(coordinationId).updateSharedIntelligence(request);
    }

    /** The agents that have a context. */
    public List<String> listCoordinationContexts(final String coordinationId) {
        return manager.open(coordinationId).coordination().contexts().agents();
    }

    /** Take the contexts away; whether there were any. */
    public boolean clearCoordinationContexts(final String coordinationId) {
        return manager.open(coordinationId).coordination().contexts().clear();
    }
}
