package io.signalbox.kernel;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the keys of contexts show, under which older systems kept them. Read from the context room; see {@link KnownKeyViews}. */
final class ContextKeyViews {
    private static final String ALL = "coordination_contexts_";
    private static final String ONE = "agent_context_";

    private final Kernel kernel;

    ContextKeyViews(final Kernel kernel) {
        this.kernel = kernel;
    }

    /** What a key shows now, or null when it is none of these or there is nothing. */
    String read(final String key) {
        if (key.startsWith(ALL)) {
            return all(key.substring(ALL.length()));
        }
        return key.startsWith(ONE) ? one(key.substring(ONE.length())) : null;
    }

    private String all(final String coordinationId) {
        final Coordination coordination = kernel.findCoordination(coordinationId);
        if (coordination == null) {
            return null;
        }
        final Contexts contexts = coordination.contexts();
        final List<Object> documents = new ArrayList<>();
        contexts.agents().stream()
                .map(contexts::get)
                .filter(context -> context != null)
                .forEach(context -> documents.add(document(context)));
        return documents.isEmpty() ? null : DocumentValue.of((Object) documents).toString();
    }

    /** The first part is a coordination that is open, the rest an agent that has a context there; ids may hold what divides them. */
    private String one(final String ids) {
        for (int at = ids.indexOf('_'); at > 0; at = ids.indexOf('_', at + 1)) {
            final Coordination coordination = kernel.findCoordination(ids.substring(0, at));
            final AgentContext context =
                    coordination == null ? null : coordination.contexts().get(ids.substring(at + 1));
            if (context != null) {
                return DocumentValue.of((Object) document(context)).toString();
            }
        }
        return null;
    }

    private static Map<String, Object> document(final AgentContext context) {
        final Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("session_id", context.coordinationMetadata().sessionId());
        metadata.put("coordination_id", context.coordinationMetadata().coordinationId());
        metadata.put("agent_id", context.coordinationMetadata().agentId());
        metadata.put("agent_role", context.coordinationMetadata().agentRole());
        metadata.put("parent_workflow_id", context.coordinationMetadata().parentWorkflowId());
        final Map<String, Object> document = new LinkedHashMap<>();
        document.put("coordination_metadata", metadata);
        document.put("shared_intelligence", context.sharedIntelligence().toDocument().toObject());
        document.put("agent_assignment", context.agentAssignment().document().toObject());
        document.put("resource_allocation", context.resourceAllocation().toDocument().toObject());
        document.put("context_version", context.contextVersion());
        return document;
    }
}
