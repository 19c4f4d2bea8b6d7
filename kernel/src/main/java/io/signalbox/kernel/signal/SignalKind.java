package io.signalbox.kernel.signal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The kinds of signals that the kernel knows, each with the name it is sent under. The code enters the journal: append only. */
@SuppressWarnings("ImmutableEnumChecker") // the bytes never leave this package and nobody changes them
public enum SignalKind {
    /** An agent has started and says what it can do. */
    AGENT_INITIALIZED(1, "agent_initialized"),
    /** An agent has ended its work. */
    AGENT_COMPLETED(2, "agent_completed"),
    /** Something that others wait for is there. */
    DEPENDENCY_RESOLVED(3, "dependency_resolved"),
    /** One agent says something to others. */
    INTER_AGENT_MESSAGE(4, "inter_agent_message"),
    /** A stage of a workflow has ended. */
    STAGE_COMPLETED(5, "stage_completed"),
    /** An attempt to recover from an error has ended. */
    ERROR_RECOVERY_COMPLETED(6, "error_recovery_completed"),
    /** A workflow has begun. */
    WORKFLOW_STARTED(7, "workflow_started"),
    /** A workflow could begin. */
    WORKFLOW_READY(8, "workflow_ready"),
    /** A workflow has ended. */
    WORKFLOW_FINISHED(9, "workflow_finished"),
    /** Something went wrong. */
    ERROR_OCCURRED(10, "error_occurred"),
    /** How far an agent has come. */
    AGENT_PROGRESS(11, "agent_progress"),
    /** An agent says that something is not as it should be. */
    AGENT_WARNING(12, "agent_warning"),
    /** An agent has missed its update interval. The kernel alone raises it. */
    AGENT_STALLED(13, "agent_stalled");

    /** Code of a signal without a kind: any name, any payload, nothing is checked. */
    public static final int FREE = 0;
    /** Code of a kind that was declared with a {@link SignalSchema}. */
    public static final int DECLARED = 100;

    private static final SignalKind[] BY_CODE = new SignalKind[DECLARED];

    static {
        for (final SignalKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;
    private final String signalType;
    private final byte[] utf8;

    SignalKind(final int code, final String signalType) {
        this.code = code;
        this.signalType = signalType;
        this.utf8 = signalType.getBytes(StandardCharsets.UTF_8);
    }

    /** Number in the command. */
    public int code() {
        return code;
    }

    /** The name it is sent under. */
    public String signalType() {
        return signalType;
    }

    /** What its payload must look like. */
    public SignalSchema schema() {
        return KindSchemas.of(this);
    }

    /** Whether a name, as bytes, is this kind's. */
    boolean isNamed(final byte[] name) {
        return Arrays.equals(utf8, name);
    }

    /** The kind with this number, or null. */
    public static SignalKind of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** The kind that is sent under this name, or null. */
    public static SignalKind named(final String signalType) {
        for (final SignalKind kind : values()) {
            if (kind.signalType.equals(signalType)) {
                return kind;
            }
        }
        return null;
    }
}
