package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
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
    private static final AgentAssignments NONE = new AgentAssignments(Map.of(), Map.of());

    private final Map<String, Assignment> agents;
    private final Map<String, Assignment> alternates;

    private AgentAssignments(final Map<String, Assignment> agents, final Map<String, Assignment> alternates) {
        this.agents = Copies.of(agents);
        this.alternates = Copies.of(alternates);
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
        return new AgentAssignments(with(agents, agentId, assignment), alternates);
    }

    /** One agent more that works only when the routers branch to it. */
    public AgentAssignments alternate(final String agentId, final Assignment assignment) {
        return new AgentAssignments(agents, with(alternates, agentId, assignment));
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
