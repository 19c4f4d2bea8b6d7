package io.signalbox.kernel.workflow;

/** The registered agents, as far as steps are given to them. */
public interface Crew {
    /** Name id of the free agent that suits best, 0 when no free one does. */
    int best(Placement placement);

    /** Whether this agent is free and could do it. */
    boolean suits(int agent, Placement placement);

    /** How many more tasks the agent may have now. */
    int free(int agent);

    /** The agent gets one more task. Whether it does. */
    boolean take(long coordination, int agent);

    /** A task goes back without an outcome. */
    void giveBack(long coordination, int agent);

    /**
     * A task has ended.
     *
     * @param quality 0 to 1, NaN when nothing can be said.
     */
    void ended(long coordination, int agent, boolean hasSucceeded, double quality);
}
