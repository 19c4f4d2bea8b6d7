package io.signalbox.kernel.facade;

/** How the part of one agent ended. */
public enum AgentStatus {
    /** It did its work. */
    COMPLETED,
    /** The routers left it out; who depends on it goes on. */
    SKIPPED,
    /** It failed, and no further attempt was to be made; or what it depends on can no longer come. */
    FAILED,
    /** The routers ended the work at this agent. */
    ENDED,
    /** It never came to its turn: the work had ended before. */
    NOT_RUN
}
