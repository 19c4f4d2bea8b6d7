package io.signalbox.kernel.machine;

import io.signalbox.kernel.agent.AgentView;
import io.signalbox.kernel.workflow.Crew;
import io.signalbox.kernel.workflow.Placement;

/** The registry as the workflow room sees it when it gives steps to agents. */
final class AgentCrew implements Crew {
    private final AgentView agents;

    AgentCrew(final AgentView agents) {
        this.agents = agents;
    }

    @Override
    public int best(final Placement placement) {
        return agents.best(placement.agent(), placement.role(), placement.capabilities());
    }

    @Override
    public boolean suits(final int agent, final Placement placement) {
        return agents.suits(agent, placement.agent(), placement.role(), placement.capabilities());
    }

    @Override
    public int free(final int agent) {
        return agents.freeTasks(agent);
    }

    @Override
    public int withOneMore(final int agent) {
        return agents.withOneMore(agent);
    }
}
