package io.signalbox.kernel.agent;

import io.signalbox.kernel.agent.AgentQuery.Standing;
import io.signalbox.kernel.names.NameTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A search for agents, the newest registration first, made in bounded pieces: each sees the registry between two turns. Belongs to who
 * searches.
 */
public final class Discovery {
    private final AgentQuery query;
    private final Wanted[] allOf;
    private final Wanted[] anyOf;
    private final Wanted[] tagsAllOf;
    private final Wanted[] tagsAnyOf;
    private final Criteria criteria;
    private final List<AgentSnapshot> found = new ArrayList<>();
    private boolean isResolved;
    private long below = Long.MAX_VALUE;

    public Discovery(final AgentQuery query) {
        this.query = query;
        allOf = Wanted.of(query.allOf(), query.similarityMin());
        anyOf = Wanted.of(query.anyOf(), query.similarityMin());
        tagsAllOf = Wanted.of(query.tagsAllOf(), query.similarityMin());
        tagsAnyOf = Wanted.of(query.tagsAnyOf(), query.similarityMin());
        criteria = new Criteria(Criteria.join(allOf, anyOf), Criteria.join(tagsAllOf, tagsAnyOf), query.type());
    }

    /** What has been found so far. */
    public List<AgentSnapshot> found() {
        return List.copyOf(found);
    }

    /** One piece. Whether the search has ended. */
    boolean advance(final Agents agents, final NameTable names) {
        if (!isResolved) {
            isResolved = criteria.resolve(agents, names);
            return false;
        }
        final Posting posting = shortest(agents);
        int place = posting.placeOf(below) - 1;
        for (int left = criteria.agentsPerPiece(); left > 0 && place >= 0; left--, place--) {
            final Agent agent = posting.at(place);
            if (agent != null && fits(agent)) {
                found.add(AgentInspector.snapshot(agent, names));
                if (found.size() == query.limit()) {
                    return true;
                }
            }
            below = posting.numberAt(place);
        }
        return place < 0;
    }

    private Posting shortest(final Agents agents) {
        Posting shortest = agents.everybody();
        for (final Wanted each : allOf) {
            shortest = Criteria.shorter(shortest, each.posting(agents.capabilities()));
        }
        for (final Wanted each : tagsAllOf) {
            shortest = Criteria.shorter(shortest, each.posting(agents.tags()));
        }
        if (anyOf.length == 1) {
            shortest = Criteria.shorter(shortest, anyOf[0].posting(agents.capabilities()));
        }
        return shortest;
    }

    private boolean fits(final Agent agent) {
        final Standing standing = query.standing();
        return standing.includes(agent.status())
                && criteria.isOfType(agent)
                && Wanted.allIn(allOf, agent.capabilities)
                && Wanted.anyIn(anyOf, agent.capabilities)
                && Wanted.allIn(tagsAllOf, agent.tags)
                && Wanted.anyIn(tagsAnyOf, agent.tags);
    }
}
