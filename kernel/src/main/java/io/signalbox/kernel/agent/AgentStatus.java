package io.signalbox.kernel.agent;

/**
 * How an agent stands, as it follows from its {@link AgentDuty}, its heartbeats and its tasks. Each change of it is raised as a
 * signal. The code enters the journal: append only.
 */
public enum AgentStatus {
    /** Not registered. */
    UNREGISTERED("agent_status_unregistered"),
    /** It is there and has a free place. */
    AVAILABLE("agent_status_available"),
    /** It is there and has as many tasks as it may have at once. */
    BUSY("agent_status_busy"),
    /** Its heartbeats have stayed away for longer than it declared. */
    SILENT("agent_status_silent"),
    /** Declared to take no tasks for now. */
    INACTIVE("agent_status_inactive"),
    /** Declared to be worked on. */
    MAINTENANCE("agent_status_maintenance"),
    /** Declared to be broken. */
    ERROR("agent_status_error"),
    /** Declared to take nothing any more. */
    RETIRED("agent_status_retired");

    private static final AgentStatus[] BY_CODE = values();

    private final String signal;

    AgentStatus(final String signal) {
        this.signal = signal;
    }

    /** Type of the signal that is raised when an agent comes to stand so. Its subject is the agent. */
    public String signal() {
        return signal;
    }

    /** Whether the agent is there and does its duty: available or busy. */
    public boolean isActive() {
        return this == AVAILABLE || this == BUSY;
    }

    /** The status with this code. */
    public static AgentStatus of(final int code) {
        return BY_CODE[code];
    }
}
