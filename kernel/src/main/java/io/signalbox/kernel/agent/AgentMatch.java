package io.signalbox.kernel.agent;

import java.util.List;

/**
 * Who suits a task.
 *
 * @param ranking those that can do it, have a free place and score enough, the best first; equal scores in the order of registration.
 *     Empty when nobody matches.
 * @param reason why nobody matches, {@link Reason#FOUND} when somebody does.
 * @param registered agents there were.
 * @param active of those, available or busy.
 * @param capable of those, of the type and with all required capabilities.
 * @param available of those, with a free place.
 * @param message in words, for a person.
 */
public record AgentMatch(
        List<AgentScore> ranking,
        Reason reason,
        int registered,
        int active,
        int capable,
        int available,
        String message) {
    /** Why nobody matches. */
    public enum Reason {
        /** Somebody does. */
        FOUND,
        /** No agent is active. */
        NO_ACTIVE_AGENT,
        /** No active agent has all required capabilities and is of the type. */
        NOBODY_CAPABLE,
        /** All agents that could do it have as many tasks as they may have. */
        ALL_BUSY,
        /** Those that could do it score less than the task asks for. */
        SCORE_TOO_LOW
    }

    public AgentMatch {
        ranking = List.copyOf(ranking);
    }

    /** Whether somebody matches. */
    public boolean isFound() {
        return !ranking.isEmpty();
    }

    /**
     * The one that suits best.
     *
     * @throws IllegalStateException when nobody matches; the message says why.
     */
    public AgentScore best() {
        if (ranking.isEmpty()) {
            throw new IllegalStateException(message);
        }
        return ranking.get(0);
    }
}
