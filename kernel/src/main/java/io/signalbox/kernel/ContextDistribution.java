package io.signalbox.kernel;

import io.signalbox.kernel.context.IntelligenceKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** A document to be distributed, while it is being written. Belongs to one thread. */
public final class ContextDistribution {
    private final Map<String, Object> document = new LinkedHashMap<>();
    private final Map<String, Object> shared = new LinkedHashMap<>();
    private final Map<String, Object> defaults = new LinkedHashMap<>();
    private final Map<String, Object> agents = new LinkedHashMap<>();

    private ContextDistribution() {}

    /** For the agents of a session. */
    public static ContextDistribution forSession(final String sessionId) {
        final ContextDistribution made = new ContextDistribution();
        made.document.put("session_id", sessionId);
        made.document.put("shared_intelligence", made.shared);
        made.document.put("defaults", made.defaults);
        made.document.put("agents", made.agents);
        return made;
    }

    /** In which workflow they work. */
    public ContextDistribution inWorkflow(final String parentWorkflowId) {
        document.put("parent_workflow_id", parentWorkflowId);
        return this;
    }

    /** What else is known of the work. */
    public ContextDistribution about(final Map<String, ?> coordination) {
        document.put("coordination", coordination);
        return this;
    }

    /** Names of one kind that all share. */
    public ContextDistribution share(final IntelligenceKind kind, final Map<String, ?> names) {
        inner(shared, kind.field()).putAll(names);
        return this;
    }

    /** Shared intelligence by the names of the kinds. */
    public ContextDistribution share(final Map<String, ?> sharedIntelligence) {
        sharedIntelligence.forEach((kind, names) ->
                shared.put(kind, names instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : names));
        return this;
    }

    /** Limits for every agent that has no others: {@code max_execution_time_ms} and so on. */
    public ContextDistribution allocateByDefault(final Map<String, ?> allocation) {
        defaults.put("resource_allocation", allocation);
        return this;
    }

    /** Protocols for every agent that has no others: {@code update_interval_ms} and so on. */
    public ContextDistribution protocolsByDefault(final Map<String, ?> protocols) {
        defaults.put("coordination_protocols", protocols);
        return this;
    }

    /** An agent and what it is to do: {@code objective, tasks, input_data, dependencies, success_criteria} and so on. */
    public ContextDistribution agent(final String agent, final Map<String, ?> assignment) {
        inner(agents, agent).put("assignment", assignment);
        return this;
    }

    /** What one agent may use. */
    public ContextDistribution allocate(final String agent, final Map<String, ?> allocation) {
        inner(agents, agent).put("resource_allocation", allocation);
        return this;
    }

    /** How one agent is to keep in touch. */
    public ContextDistribution protocols(final String agent, final Map<String, ?> protocols) {
        inner(agents, agent).put("coordination_protocols", protocols);
        return this;
    }

    @SuppressWarnings("unchecked") // only maps of texts are put there
    private static Map<String, Object> inner(final Map<String, Object> map, final String name) {
        return (Map<String, Object>) map.computeIfAbsent(name, key -> new LinkedHashMap<String, Object>());
    }

    /** As it is distributed. */
    public Map<String, Object> toMap() {
        return document;
    }
}
