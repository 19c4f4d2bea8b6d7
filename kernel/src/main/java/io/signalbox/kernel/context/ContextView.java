package io.signalbox.kernel.context;

/** What other rooms and the front door see of the contexts. Turn only. */
public interface ContextView {
    /** Timers of this room have this bit; no other room's have it. */
    long TIMER_TAG = 1L << 58;

    /** The context of an agent, or null when it has none in that coordination. */
    ContextSnapshot snapshot(long coordination, int agent);

    /** Name ids of the agents that have a context, in ascending order. */
    int[] agents(long coordination);

    /**
     * What an agent shared at one of the last versions of its context; null when that version is not retained, or was never there.
     */
    SharedIntelligence intelligence(long coordination, int agent, long version);
}
