package io.signalbox.kernel.workflow;

/** The registered agents, as far as steps are given to them. Only read: what a step means for its agent is in the consequences of its facts. */
public interface Crew {
    /** Name id of the free agent that suits best, 0 when no free one does. */
    int best(Placement placement);

    /** Whether this agent is free and could do it. */
    boolean suits(int agent, Placement placement);

    /** How many more tasks the agent may have now. */
    int free(int agent);

    /** How a free agent stands, and would stand with one more task: what the fact says that gives it a step. */
    int withOneMore(int agent);
}
