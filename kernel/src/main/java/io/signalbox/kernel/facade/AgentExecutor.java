package io.signalbox.kernel.facade;

/** Does the work of agents. Called on the thread of the agent; several agents may be at work at the same time. */
@FunctionalInterface
public interface AgentExecutor {
    /**
     * Do the work of one agent, once.
     *
     * @param turn who works, on what, and for the how manieth time.
     * @return what came of it; never null.
     * @throws Exception when it failed; whether it is tried again is up to the routers.
     */
    AgentResult execute(AgentTurn turn) throws Exception;
}
