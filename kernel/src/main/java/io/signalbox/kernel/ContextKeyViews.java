package io.signalbox.kernel;

import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the keys of contexts show, under which older systems kept them. Read from the room of contexts; see {@link KnownKeyViews}. There a
 * key of one session could be that of another one; here the key of an agent's context is found only by a state of its own session.
 */
final class ContextKeyViews {
    private static final String OF_SESSION = "coordination_contexts_";
    private static final String OF_AGENT = "agent_context_";

    private final Kernel kernel;
    private final long coordination;

    ContextKeyViews(final Kernel kernel, final long coordination) {
        this.kernel = kernel;
        this.coordination = coordination;
    }

    /** What a key shows now, or null when it is none of these or there is nothing to show. */
    String read(final String key) {
        if (key.startsWith(OF_SESSION)) {
            return all(key.substring(OF_SESSION.length()));
        }
        return coordination != 0 && key.startsWith(OF_AGENT) ? one(key) : null;
    }

    private String all(final String session) {
        final long handle = kernel.query(() -> kernel.machine().coordinations().find(session));
        if (handle == 0) {
            return null;
        }
        final Contexts contexts = new Coordination(kernel, session, handle).contexts();
        final Map<String, Object> byAgent = new LinkedHashMap<>();
        for (final String agent : contexts.agents()) {
            final AgentContext context = contexts.get(agent);
            if (context != null) {
                byAgent.put(agent, document(context));
            }
        }
        return json(byAgent);
    }

    private String one(final String key) {
        final String session =
                kernel.query(() -> kernel.machine().coordinations().name((int) coordination));
        final String before = OF_AGENT + session + "_";
        if (session == null || !key.startsWith(before)) {
            return null;
        }
        final AgentContext context =
                new Coordination(kernel, session, coordination).contexts().get(key.substring(before.length()));
        return context == null ? null : json(document(context));
    }

    private static Map<String, Object> document(final AgentContext context) {
        final CoordinationMetadata metadata = context.coordinationMetadata();
        final Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "coordination_metadata",
                Map.of(
                        "session_id", metadata.sessionId(),
                        "coordination_id", metadata.coordinationId(),
                        "agent_id", metadata.agentId(),
                        "agent_role", metadata.agentRole(),
                        "created_at", metadata.createdAt().toString()));
        document.put(
                "shared_intelligence", context.sharedIntelligence().toDocument().toMap());
        document.put("agent_assignment", context.agentAssignment().document().toMap());
        document.put(
                "coordination_protocols",
                context.coordinationProtocols().toDocument().toMap());
        document.put(
                "resource_allocation", context.resourceAllocation().toDocument().toMap());
        document.put("context_version", context.contextVersion());
        return document;
    }

    private static String json(final Map<String, Object> document) {
        return new String(DocumentJson.bytes(DocumentValue.of(document)), StandardCharsets.UTF_8);
    }
}
