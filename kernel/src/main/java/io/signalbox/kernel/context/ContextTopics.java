package io.signalbox.kernel.context;

/** Types of the signals that this room raises. Their payload is a JSON object. */
public final class ContextTopics {
    /** Contexts were distributed, to everybody: {@code session_id, agents, agent_count, changed}. */
    public static final String DISTRIBUTED = "context_distributed";
    /**
     * What an agent sees was updated, to the agents concerned: {@code update_type, mode, agent_count}, and the difference: {@code changed} (names with
     * their new values) and {@code removed} (names). A difference that is longer than a payload may be is left out; {@code too_long} says so.
     */
    public static final String UPDATED = "context_updated";
    /** The contexts of a coordination are gone, to everybody: {@code agent_count}. */
    public static final String CLEARED = "context_cleared";
    /** A completion; the kernel raises one that has failed when a limit says so: {@code agent_id, unmet}. */
    public static final String COMPLETED = "agent_completed";

    static final String[] ALL = {DISTRIBUTED, UPDATED, CLEARED, COMPLETED};

    private ContextTopics() {}
}
