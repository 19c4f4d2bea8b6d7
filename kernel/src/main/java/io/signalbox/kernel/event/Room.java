package io.signalbox.kernel.event;

/** The rooms whose facts are digested apart, in the order in which their digests stand in a mark: new ones come at the end. */
public enum Room {
    MACHINE,
    COORDINATION,
    STATE,
    SIGNAL,
    DEPENDENCY,
    WORKFLOW,
    AGENT,
    CONTEXT,
    SYNC,
    ROUTING;

    /** How many there are. */
    public static final int COUNT = values().length;
}
