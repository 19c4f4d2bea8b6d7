package io.signalbox.kernel.agent;

/** What other rooms see of the agents. Turn only. */
public interface AgentView {
    /** How the agent of this name stands; {@link AgentStatus#UNREGISTERED} when there is none. */
    AgentStatus status(int agent);

    /** Tasks it has now, in all coordinations. */
    int activeTasks(int agent);

    /** How many agents are registered. */
    int registered();
}
