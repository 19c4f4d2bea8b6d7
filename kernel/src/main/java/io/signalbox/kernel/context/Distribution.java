package io.signalbox.kernel.context;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * A document to be distributed, read and checked as a whole.
 *
 * <pre>
 *   {"session_id": "s", "parent_workflow_id": "w", "coordination": {...},
 *    "shared_intelligence": {"type_registry": {...}, ...},
 *    "defaults": {"resource_allocation": {...}, "coordination_protocols": {...}},
 *    "agents": {"ann": {"assignment": {...}, "resource_allocation": {...}, "coordination_protocols": {...}}}}
 * </pre>
 *
 * Only the session and the agents must be there.
 *
 * @param sessionId whose work it is.
 * @param parentWorkflowId in which workflow; empty for none.
 * @param coordination what else is known of the work; any map.
 * @param sharedIntelligence a map of kinds.
 * @param agents in the order of their names.
 */
public record Distribution(
        String sessionId,
        String parentWorkflowId,
        DocumentValue coordination,
        DocumentValue sharedIntelligence,
        List<Part> agents) {
    /** Most agents of one document; more are distributed by several. */
    public static final int AGENTS_MAX = 256;

    /** Most agents of one coordination: an update of all of them is one turn. */
    public static final int AGENTS_OF_COORDINATION_MAX = 1024;

    /** Longest id of a session or workflow, in characters. */
    public static final int ID_LENGTH_MAX = 256;

    /** What is one agent's own. */
    public record Part(
            String agent, AgentAssignment assignment, ResourceAllocation allocation, CoordinationProtocols protocols) {}

    /**
     * Read a document.
     *
     * @throws InvalidContextException when it cannot be distributed; the message says why.
     */
    public static Distribution of(final DocumentValue document) {
        final Fields fields = new Fields(document, "the document");
        final String session = fields.textRequired("session_id");
        final String workflow = fields.text("parent_workflow_id", "");
        if (session.length() > ID_LENGTH_MAX || workflow.length() > ID_LENGTH_MAX) {
            throw new InvalidContextException(
                    Rejection.TOO_LONG,
                    "session_id and parent_workflow_id may have up to " + ID_LENGTH_MAX + " characters");
        }
        final DocumentValue coordination = fields.map("coordination");
        final DocumentValue shared = fields.map("shared_intelligence");
        checkIntelligence(shared);
        final Fields defaults = new Fields(fields.map("defaults"), "the defaults");
        final ResourceAllocation allocation = ResourceAllocation.standard()
                .with(defaults.map("resource_allocation"), "the default resource_allocation");
        final CoordinationProtocols protocols = CoordinationProtocols.standard()
                .with(defaults.map("coordination_protocols"), "the default coordination_protocols");
        defaults.end();
        final DocumentValue agents = fields.map("agents");
        fields.end();
        return new Distribution(session, workflow, coordination, shared, parts(agents, allocation, protocols));
    }

    /** Each kind must be known, and hold what it may hold. */
    static void checkIntelligence(final DocumentValue shared) {
        for (int i = 0; i < shared.size(); i++) {
            final IntelligenceKind kind = IntelligenceKind.named(shared.name(i));
            if (kind == null) {
                throw unknownKind(shared.name(i));
            }
            checkData(kind, shared.value(i));
        }
    }

    static void checkData(final IntelligenceKind kind, final DocumentValue data) {
        if (!kind.takes(data)) {
            throw new InvalidContextException(
                    Rejection.INVALID_INTELLIGENCE,
                    "'" + kind.field() + "' must be " + kind.wanted() + ", not " + data);
        }
    }

    /** There is no such kind of shared intelligence. */
    public static InvalidContextException unknownKind(final String name) {
        final List<String> known = new ArrayList<>();
        for (final IntelligenceKind kind : IntelligenceKind.values()) {
            known.add(kind.field());
        }
        return new InvalidContextException(
                Rejection.UNKNOWN_INTELLIGENCE,
                "there is no shared intelligence of the kind '" + name + "'; the nearest known one is '"
                        + NearestName.of(name, known) + "'");
    }

    private static List<Part> parts(
            final DocumentValue agents, final ResourceAllocation allocation, final CoordinationProtocols protocols) {
        if (agents.size() == 0) {
            throw new InvalidContextException(Rejection.NO_AGENTS, "the document names no agents");
        }
        if (agents.size() > AGENTS_MAX) {
            throw new InvalidContextException(
                    Rejection.TOO_MANY_AGENTS,
                    "one document has up to " + AGENTS_MAX + " agents, not " + agents.size());
        }
        final List<Part> parts = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            final String agent = agents.name(i);
            if (agent.isEmpty()) {
                throw new InvalidContextException(Rejection.MISSING_FIELD, "an agent has no name");
            }
            final Fields fields = new Fields(agents.value(i), "the part of '" + agent + "'");
            parts.add(new Part(
                    agent,
                    AgentAssignment.of(fields.map("assignment"), agent),
                    allocation.with(fields.map("resource_allocation"), "the resource_allocation of '" + agent + "'"),
                    protocols.with(
                            fields.map("coordination_protocols"), "the coordination_protocols of '" + agent + "'")));
            fields.end();
        }
        return parts;
    }
}
