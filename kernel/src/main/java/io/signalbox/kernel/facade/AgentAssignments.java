package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.ContextDistribution;
import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who does what in one workflow, in order. Immutable; start from {@link #of()}. Agents that are added as alternates do nothing by
 * themselves: they take the place of an agent when the routers branch to them.
 */
public final class AgentAssignments {
    private static final AgentAssignments NONE = new AgentAssignments(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    private final Map<String, Assignment> agents;
    private final Map<String, Assignment> alternates;
    private final Map<String, Map<String, ?>> intelligence;
    private final Map<String, Map<String, ?>> allocations;
    private final Map<String, Map<String, ?>> protocols;

    private AgentAssignments(
            final Map<String, Assignment> agents,
            final Map<String, Assignment> alternates,
            final Map<String, Map<String, ?>> intelligence,
            final Map<String, Map<String, ?>> allocations,
            final Map<String, Map<String, ?>> protocols) {
        this.agents = Copies.of(agents);
        this.alternates = Copies.of(alternates);
        this.intelligence = Copies.of(intelligence);
        this.allocations = Copies.of(allocations);
        this.protocols = Copies.of(protocols);
    }

    /** Nobody yet. */
    public static AgentAssignments of() {
        return NONE;
    }

    /** Assignments as the guides write them: agent to a map of fields, in the map's order. */
    public static AgentAssignments of(final Map<String, ? extends Map<String, ?>> documents) {
        AgentAssignments assignments = NONE;
        for (final Map.Entry<String, ? extends Map<String, ?>> each : documents.entrySet()) {
            assignments = assignments.agent(each.getKey(), Assignment.of(each.getValue()));
        }
        return assignments;
    }

    /**
     * One agent more.
     *
     * @throws CommandRefusedException when its name is blank or taken.
     */
    public AgentAssignments agent(final String agentId, final Assignment assignment) {
        return new AgentAssignments(
                with(agents, agentId, assignment), alternates, intelligence, allocations, protocols);
    }

    /** One agent more that works only when the routers branch to it. */
    public AgentAssignments alternate(final String agentId, final Assignment assignment) {
        return new AgentAssignments(
                agents, with(alternates, agentId, assignment), intelligence, allocations, protocols);
    }

    /**
     * What all agents know at first, of one kind.
     *
     * @param kind {@code type_registry}, {@code pattern_library}, {@code validation_rules}, {@code naming_conventions} or
     *     {@code dependency_graph}; others are refused when the contexts are distributed.
     */
    public AgentAssignments sharing(final String kind, final Map<String, ?> names) {
        return new AgentAssignments(agents, alternates, with(intelligence, kind, names), allocations, protocols);
    }

    /** What one agent may use: {@code max_execution_time_ms}, {@code quality_threshold} and so on. */
    public AgentAssignments allocate(final String agentId, final Map<String, ?> allocation) {
        return new AgentAssignments(
                agents, alternates, intelligence, with(allocations, agentId, allocation), protocols);
    }

    /** How one agent is to keep in touch: {@code update_interval_ms} and so on. */
    public AgentAssignments protocols(final String agentId, final Map<String, ?> protocol) {
        return new AgentAssignments(agents, alternates, intelligence, allocations, with(protocols, agentId, protocol));
    }

    private static Map<String, Map<String, ?>> with(
            final Map<String, Map<String, ?>> before, final String name, final Map<String, ?> value) {
        final Map<String, Map<String, ?>> after = new LinkedHashMap<>(before);
        after.put(name, value);
        return after;
    }

    /** As a document to be distributed. */
    ContextDistribution distribution(final String sessionId) {
        final ContextDistribution distribution = ContextDistribution.forSession(sessionId);
        intelligence.forEach((kind, names) -> distribution.share(Map.of(kind, names)));
        all().forEach((agentId, assignment) -> distribution.agent(agentId, assignment.document()));
        requireAssigned(allocations, "resource_allocation");
        requireAssigned(protocols, "coordination_protocols");
        allocations.forEach(distribution::allocate);
        protocols.forEach(distribution::protocols);
        return distribution;
    }

    private void requireAssigned(final Map<String, ?> byAgent, final String what) {
        for (final String agentId : byAgent.keySet()) {
            if (assignment(agentId) == null) {
                throw new CommandRefusedException(
                        Rejection.INVALID_ASSIGNMENT, "'" + agentId + "' has a " + what + " and no assignment");
            }
        }
    }

    private Map<String, Assignment> with(
            final Map<String, Assignment> before, final String agentId, final Assignment assignment) {
        if (agentId.isBlank()) {
            throw new CommandRefusedException(Rejection.BLANK_NAME, "an agent needs a name that can be read");
        }
        if (agents.containsKey(agentId) || alternates.containsKey(agentId)) {
            throw new CommandRefusedException(
                    Rejection.DUPLICATE_ASSIGNMENT, "agent '" + agentId + "' has an assignment already");
        }
        final Map<String, Assignment> after = new LinkedHashMap<>(before);
        after.put(agentId, assignment);
        return after;
    }

    /** The agents in the order in which they were added, without the alternates. */
    public List<String> agentIds() {
        return List.copyOf(agents.keySet());
    }

    /** Whether nobody has anything to do. */
    public boolean isEmpty() {
        return agents.isEmpty();
    }

    /** Every assignment, the alternates behind the others. */
    Map<String, Assignment> all() {
        final Map<String, Assignment> all = new LinkedHashMap<>(agents);
        all.putAll(alternates);
        return all;
    }

    boolean isAlternate(final String agentId) {
        return alternates.containsKey(agentId);
    }

    /** What an agent is to do; null when it has no assignment. */
    public Assignment assignment(final String agentId) {
        final Assignment assignment = agents.get(agentId);
        return assignment == null ? alternates.get(agentId) : assignment;
    }

    /**
     * The agents so that each comes after those that it depends on; otherwise as they were added.
     *
     * @throws CommandRefusedException when nobody has an assignment, an agent depends on one that has none, or they depend on each other
     *     in a circle.
     */
    public List<String> inOrder() {
        if (agents.isEmpty()) {
            throw new CommandRefusedException(Rejection.NO_ASSIGNMENTS, "nobody has an assignment");
        }
        final Set<String> ordered = new LinkedHashSet<>();
        for (final String agentId : agents.keySet()) {
            visit(agentId, ordered, new ArrayList<>());
        }
        return List.copyOf(ordered);
    }

    private void visit(final String agentId, final Set<String> ordered, final List<String> path) {
        if (ordered.contains(agentId)) {
            return;
        }
        final int seenAt = path.indexOf(agentId);
        path.add(agentId);
        if (seenAt >= 0) {
            throw new CommandRefusedException(
                    Rejection.CIRCULAR_DEPENDENCIES,
                    "agents depend on each other in a circle: "
                            + String.join(" -> ", path.subList(seenAt, path.size())));
        }
        for (final AgentDependency needed : agents.get(agentId).dependencies()) {
            if (needed.isOnAgent()) {
                if (!agents.containsKey(needed.target())) {
                    throw new CommandRefusedException(
                            Rejection.INVALID_ASSIGNMENT,
                            "'" + agentId + "' depends on '" + needed.target()
                                    + "', which has no assignment; there are " + agents.keySet());
                }
                visit(needed.target(), ordered, path);
            }
        }
        path.remove(path.size() - 1);
        ordered.add(agentId);
    }
}
