package io.signalbox.kernel.event;

/** Everything that can happen. The ordinal enters the digests: append only. */
public enum FactType {
    /** A command was refused: {@code answer}. */
    COMMAND_REJECTED(Room.MACHINE),
    /** A command met a backlog of its coordination and waits behind it. */
    COMMAND_DEFERRED(Room.MACHINE),
    /** Deadlines up to the command's timestamp were looked at. */
    PULSED(Room.MACHINE),
    /** The rules version changed. */
    RULES_UPGRADED(Room.MACHINE),
    /** A client's answer was kept against repeats. */
    CLIENT_ANSWERED(Room.MACHINE),
    /** A text got its dense id; payload: the text. */
    NAME_INTERNED(Room.MACHINE),

    /** A coordination was opened; payload: its name. */
    COORDINATION_OPENED(Room.COORDINATION),
    /** A coordination is closed: what waits in it is cancelled. */
    COORDINATION_CLOSED(Room.COORDINATION),

    /** A signal was raised; payload: its own. */
    SIGNAL_RAISED(Room.SIGNAL),
    /** A coordination got settings for its signals. */
    SIGNALS_CONFIGURED(Room.SIGNAL),
    /** A kind of the user's is known; payload: its schema. */
    SIGNAL_KIND_DECLARED(Room.SIGNAL),
    /** An agent should be heard of in each interval. */
    PROGRESS_EXPECTED(Room.SIGNAL),
    /** An agent was not heard of in its interval. */
    AGENT_STALLED(Room.SIGNAL),
    /** A signal came from a sender whom nobody knows; it is raised all the same. */
    SENDER_DOUBTED(Room.SIGNAL),

    /** A key has a new value; payload: the value. */
    STATE_SET(Room.STATE),
    /** A key is gone. */
    STATE_DELETED(Room.STATE),

    /** A resource became available or unavailable. */
    RESOURCE_MARKED(Room.DEPENDENCY),
    /** A quality gate was scored, or failed for good. */
    GATE_SCORED(Room.DEPENDENCY),
    /** Somebody waits. */
    DEPENDENCY_DECLARED(Room.DEPENDENCY),
    /** What was waited for is there. */
    DEPENDENCY_RESOLVED(Room.DEPENDENCY),
    /** What was waited for can no longer come. */
    DEPENDENCY_FAILED(Room.DEPENDENCY),
    /** The time is up. */
    DEPENDENCY_EXPIRED(Room.DEPENDENCY),
    /** The wait was given up, or its coordination closed. */
    DEPENDENCY_CANCELLED(Room.DEPENDENCY),

    /** A large thing is announced. */
    UPLOAD_BEGUN(Room.WORKFLOW),
    /** A piece of it came; payload: the piece. */
    CHUNK_APPENDED(Room.WORKFLOW),
    /** A definition is kept. */
    WORKFLOW_DEPLOYED(Room.WORKFLOW),
    /** A run began; payload: its inputs. */
    RUN_STARTED(Room.WORKFLOW),
    /** A finished run goes on: what failed in it or was cancelled is pending again. */
    RUN_REOPENED(Room.WORKFLOW),
    /** A run stops: its open steps are cancelled. */
    RUN_CANCELLING(Room.WORKFLOW),
    /** A run ended. */
    RUN_FINISHED(Room.WORKFLOW),
    /** Nothing keeps the step from running but a free place. */
    STEP_READY(Room.WORKFLOW),
    /** An attempt of the step is offered to the workers. */
    TASK_ASSIGNED(Room.WORKFLOW),
    /** A worker is about to start the attempt; payload: how to find it again. */
    STEP_STARTED(Room.WORKFLOW),
    /** The attempt succeeded; payload: its result and detail. */
    STEP_SUCCEEDED(Room.WORKFLOW),
    /** The step's condition said no, or a step it needs was skipped. */
    STEP_SKIPPED(Room.WORKFLOW),
    /** The attempt failed and another follows after a pause; payload: detail. */
    STEP_RETRIED(Room.WORKFLOW),
    /** The worker is gone; the step is offered again and the attempt does not count as a failure. */
    STEP_RELEASED(Room.WORKFLOW),
    /** The step failed for good; payload: its result and detail. */
    STEP_FAILED(Room.WORKFLOW),
    /** The step will not run: the run stops, or a step it needs failed. */
    STEP_CANCELLED(Room.WORKFLOW),
    /** An upload that nobody had ended gave way to a new one. */
    UPLOAD_DROPPED(Room.WORKFLOW);

    private static final FactType[] BY_ORDINAL = values();

    private final Room room;

    FactType(final Room room) {
        this.room = room;
    }

    /** The room whose store this fact changes. */
    public Room room() {
        return room;
    }

    /** The type with this ordinal. */
    public static FactType of(final int ordinal) {
        return BY_ORDINAL[ordinal];
    }
}
