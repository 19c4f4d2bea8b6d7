package io.signalbox.kernel.machine;

import io.signalbox.kernel.agent.AgentRules;
import io.signalbox.kernel.agent.AgentView;
import io.signalbox.kernel.workflow.Crew;
import io.signalbox.kernel.workflow.Placement;

/** Gives steps to agents: the workflow room sees the registry through this, and what it does there is a fact of the agent room. */
final class AgentCrew implements Crew {
    private final AgentView agents;
    private final AgentRules rules;

    AgentCrew(final AgentView agents, final AgentRules rules) {
        this.agents = agents;
        this.rules = rules;
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
    public boolean take(final long coordination, final int agent) {
        return rules.assign(coordination, agent) >= 0;
    }

    @Override
    public void giveBack(final long coordination, final int agent) {
        rules.release(coordination, agent);
    }

    @Override
    public void ended(final long coordination, final int agent, final boolean hasSucceeded, final double quality) {
        rules.onCompletion(coordination, agent, hasSucceeded, quality);
    }
}
