package io.signalbox.kernel.agent;

import io.signalbox.kernel.agent.AgentMatch.Reason;
import io.signalbox.kernel.names.NameTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A search for the agents that suit a task best, made in bounded pieces: each sees the registry between two turns. Belongs to who
 * searches.
 */
public final class Matching {
    private final AgentTask task;
    private final Scorer scorer;
    private final List<AgentScore> ranking = new ArrayList<>();
    private boolean isResolved;
    private long from;
    private int registered;
    private int active;
    private int capable;
    private int available;

    public Matching(final AgentTask task) {
        this.task = task;
        scorer = new Scorer(task);
    }

    /** One piece. Whether the search has ended. */
    boolean advance(final Agents agents, final NameTable names) {
        registered = agents.registered();
        active = agents.count(AgentStatus.AVAILABLE) + agents.count(AgentStatus.BUSY);
        if (!isResolved) {
            isResolved = scorer.criteria().resolve(agents, names);
            return false;
        }
        final Posting posting = scorer.shortest(agents);
        int place = posting.placeOf(from);
        for (int left = scorer.criteria().agentsPerPiece(); left > 0 && place < posting.end(); left--, place++) {
            final Agent agent = posting.at(place);
            if (agent != null && agent.status().isActive() && scorer.isCapable(agent)) {
                capable++;
                rank(agent, names);
            }
            from = posting.numberAt(place) + 1;
        }
        return place == posting.end();
    }

    private void rank(final Agent agent, final NameTable names) {
        if (agent.status() != AgentStatus.AVAILABLE) {
            return;
        }
        available++;
        final double total = scorer.total(agent);
        final boolean isFull = ranking.size() == task.ranked();
        if (total < task.scoreMin()
                || isFull && total <= ranking.get(ranking.size() - 1).total()) {
            return;
        }
        if (isFull) {
            ranking.remove(ranking.size() - 1);
        }
        int place = ranking.size();
        while (place > 0 && ranking.get(place - 1).total() < total) {
            place--;
        }
        ranking.add(place, scorer.score(agent, names));
    }

    /** What came of it. */
    public AgentMatch result() {
        final Reason reason = reason();
        return new AgentMatch(ranking, reason, registered, active, capable, available, message(reason));
    }

    private Reason reason() {
        if (!ranking.isEmpty()) {
            return Reason.FOUND;
        }
        if (active == 0) {
            return Reason.NO_ACTIVE_AGENT;
        }
        if (capable == 0) {
            return Reason.NOBODY_CAPABLE;
        }
        return available == 0 ? Reason.ALL_BUSY : Reason.SCORE_TOO_LOW;
    }

    private String message(final Reason reason) {
        return switch (reason) {
            case FOUND -> ranking.get(0).explain();
            case NO_ACTIVE_AGENT -> "no active agents: " + registered + " registered, none available or busy";
            case NOBODY_CAPABLE ->
                "none of the " + active + " active agents has all of " + task.required()
                        + (task.type().isEmpty() ? "" : " and is of type '" + task.type() + "'");
            case ALL_BUSY -> "all " + capable + " agents that have " + task.required() + " are busy";
            case SCORE_TOO_LOW ->
                "none of the " + available + " available agents that have " + task.required() + " scores "
                        + AgentScore.text(task.scoreMin()) + " or more";
        };
    }
}
