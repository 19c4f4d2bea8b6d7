package io.signalbox.kernel;

import io.signalbox.kernel.agent.AgentDuty;
import io.signalbox.kernel.command.AgentCommands;

/** The fast path of the agent room; part of an {@link Ingress}, and of its thread. Answers as described there. */
public final class AgentIngress {
    private final Submitter submitter;
    private final AgentCommands.Unregister unregister = new AgentCommands.Unregister();
    private final AgentCommands.SetDuty setDuty = new AgentCommands.SetDuty();
    private final AgentCommands.Heartbeat heartbeat = new AgentCommands.Heartbeat();
    private final AgentCommands.Assign assign = new AgentCommands.Assign();
    private final AgentCommands.Release release = new AgentCommands.Release();

    AgentIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    /** Forget an agent; answers 0. */
    public long unregister(final int agent) {
        return submitter.submit(unregister.with(agent));
    }

    /** Declare an agent's duty; answers 0. */
    public long setDuty(final int agent, final AgentDuty duty) {
        return submitter.submit(setDuty.with(agent, duty.ordinal()));
    }

    /** A sign of life; answers the code of the status that the agent has now. */
    public long heartbeat(final int agent) {
        return submitter.submit(heartbeat.with(agent));
    }

    /** The agent takes a task of a coordination; answers how many it has then. */
    public long assign(final long coordination, final int agent) {
        return submitter.submit(assign.with(coordination, agent));
    }

    /** A task of a coordination goes back without an outcome; answers how many the agent has left. */
    public long release(final long coordination, final int agent) {
        return submitter.submit(release.with(coordination, agent));
    }
}
