package io.signalbox.kernel.agent;

import java.util.List;

/** What other rooms see of the agents. Turn only. */
public interface AgentView {
    /** How the agent of this name stands; {@link AgentStatus#UNREGISTERED} when there is none. */
    AgentStatus status(int agent);

    /** Tasks it has now, in all coordinations. */
    int activeTasks(int agent);

    /** How many agents are registered. */
    int registered();

    /** How many more tasks an available agent may have; 0 for every other. */
    int freeTasks(int agent);

    /** How an available agent stands, and would stand with one more task, as one word of a fact. */
    int withOneMore(int agent);

    /**
     * Whether an available agent could do a task.
     *
     * @param name that it must have, or empty.
     * @param type that it must be of, or empty.
     * @param capabilities that it must have, all of them.
     */
    boolean suits(int agent, String name, String type, List<String> capabilities);

    /** Name id of the available agent that {@link #suits} best, as {@link Matching} ranks them; 0 when none does. */
    int best(String name, String type, List<String> capabilities);
}
