package io.signalbox.kernel.agent;

/** What was declared about an agent, by itself or by who runs it. The code enters the journal: append only. */
public enum AgentDuty {
    /** It takes tasks. So it is when it registers. */
    ACTIVE,
    /** It takes no tasks for now. */
    INACTIVE,
    /** Somebody works on it. */
    MAINTENANCE,
    /** It is broken. */
    ERROR,
    /** It ends what it has and takes nothing any more. The last duty: only removal follows. */
    RETIRED;

    private static final AgentDuty[] BY_CODE = values();

    /** The duty with this code, or null. */
    public static AgentDuty of(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
