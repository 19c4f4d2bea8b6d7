package io.signalbox.kernel.agent;

import io.signalbox.kernel.names.NameTable;
import java.util.ArrayList;
import java.util.List;

/** Copies what the room knows into immutable records. Between turns only: the front door asks for it under the baton. */
public final class AgentInspector {
    private static final long NS_PER_MS = 1_000_000;

    private final Agents agents;
    private final NameTable names;

    public AgentInspector(final Agents agents, final NameTable names) {
        this.agents = agents;
        this.names = names;
    }

    /** The agent of this name, or null. */
    public AgentSnapshot agent(final String id) {
        final Agent agent = agents.agent(names.find(id));
        return agent == null ? null : snapshot(agent, names);
    }

    /** How many agents stand so. */
    public int count(final AgentStatus status) {
        return agents.count(status);
    }

    /** How many agents are registered. */
    public int registered() {
        return agents.registered();
    }

    /** One piece of a search. Whether it has ended. */
    public boolean advance(final Discovery discovery) {
        return discovery.advance(agents, names);
    }

    /** One piece of a search. Whether it has ended. */
    public boolean advance(final Matching matching) {
        return matching.advance(agents, names);
    }

    /**
     * How well one agent suits a task, whether it would match or not; null when there is no such agent. Made in one piece, but only one
     * agent is looked at; with similarity every capability in use is.
     */
    public AgentScore score(final String id, final AgentTask task) {
        final Agent agent = agents.agent(names.find(id));
        if (agent == null) {
            return null;
        }
        final Scorer scorer = new Scorer(task);
        boolean isResolved = scorer.criteria().resolve(agents, names);
        while (!isResolved) {
            isResolved = scorer.criteria().resolve(agents, names);
        }
        return scorer.score(agent, names);
    }

    static AgentSnapshot snapshot(final Agent agent, final NameTable names) {
        return new AgentSnapshot(
                profile(agent, names),
                agent.number,
                agent.revision,
                agent.status(),
                agent.duty,
                agent.active,
                agent.succeeded,
                agent.failed,
                agent.judged == 0 ? Double.NaN : agent.qualitySum / agent.judged,
                agent.registeredNs,
                agent.lastHeardNs);
    }

    private static AgentProfile profile(final Agent agent, final NameTable names) {
        final String[] texts = ProfileCodec.texts(agent.profile);
        return new AgentProfile(
                names.text(agent.name),
                agent.type == NameTable.NONE ? "" : names.text(agent.type),
                texts(agent.capabilities, names),
                texts(agent.tags, names),
                texts[ProfileCodec.VERSION],
                texts[1],
                texts[2],
                texts[3],
                texts[4],
                agent.tasksMax,
                agent.priority,
                agent.heartbeatIntervalNs / NS_PER_MS,
                agent.missesMax);
    }

    private static List<String> texts(final int[] ids, final NameTable names) {
        final List<String> texts = new ArrayList<>(ids.length);
        for (final int id : ids) {
            texts.add(names.text(id));
        }
        return texts;
    }
}
