package io.signalbox.kernel.event;

/**
 * Everything that can happen. The code enters the digests and so the marks of every journal: it is given once, from the block of its
 * room, and never changes. The order of the constants means nothing.
 */
public enum FactType {
    // machine: 1 to 9

    /** A command was refused: {@code answer}. */
    COMMAND_REJECTED(Room.MACHINE, 1),
    /** A command met a backlog of its coordination and waits behind it. */
    COMMAND_DEFERRED(Room.MACHINE, 2),
    /** Deadlines up to the command's timestamp were looked at. */
    PULSED(Room.MACHINE, 3),
    /** The rules version changed. */
    RULES_UPGRADED(Room.MACHINE, 4),
    /** A client's answer was kept against repeats. */
    CLIENT_ANSWERED(Room.MACHINE, 5),
    /** A text got its dense id; payload: the text. */
    NAME_INTERNED(Room.MACHINE, 6),

    // coordination: 10 to 19, 190 to 199

    /** A coordination was opened; payload: its name. */
    COORDINATION_OPENED(Room.COORDINATION, 10),
    /** A coordination is closed, by whoever asked for it or because it was forgotten: what waits in it is cancelled. */
    COORDINATION_CLOSED(Room.COORDINATION, 11),
    /** The coordination that was just opened is a session; payload: its terms. */
    COORDINATION_BEGUN(Room.COORDINATION, 12),
    /** A coordination has another time to live. */
    COORDINATION_KEPT(Room.COORDINATION, 13),
    /** A command has named a coordination that can be forgotten. */
    COORDINATION_HEARD(Room.COORDINATION, 14),

    // signal: 20 to 29, 200 to 229; subscriptions: 230 to 249

    /** A signal was raised; payload: its own. */
    SIGNAL_RAISED(Room.SIGNAL, 20),
    /** Somebody wants every signal of some kind until it is acknowledged; second payload: types, payload: senders. */
    SUBSCRIPTION_DECLARED(Room.SIGNAL, 230),
    /** An outstanding signal was given to the subscriber. */
    DELIVERY_GIVEN(Room.SIGNAL, 231),
    /** The subscriber has dealt with it. */
    DELIVERY_ACKNOWLEDGED(Room.SIGNAL, 232),
    /** It was not acknowledged in time and will be given again. */
    DELIVERY_LAPSED(Room.SIGNAL, 233),
    /** It was not acknowledged in time and has been given as often as declared. */
    DELIVERY_ABANDONED(Room.SIGNAL, 234),
    /** The subscription ended, and what was outstanding with it. */
    SUBSCRIPTION_CLOSED(Room.SIGNAL, 235),
    /** A coordination got settings for its signals. */
    SIGNALS_CONFIGURED(Room.SIGNAL, 21),
    /** A kind of the user's is known; payload: its schema. */
    SIGNAL_KIND_DECLARED(Room.SIGNAL, 22),
    /** An agent should be heard of in each interval. */
    PROGRESS_EXPECTED(Room.SIGNAL, 23),
    /** An agent was not heard of in its interval. */
    AGENT_STALLED(Room.SIGNAL, 24),
    /** A signal came from a sender whom nobody knows; it is raised all the same. */
    SENDER_DOUBTED(Room.SIGNAL, 25),

    // state: 30 to 39, 130 to 149

    /** A key has a new value; payload: the value. */
    STATE_SET(Room.STATE, 30),
    /** A key is gone. */
    STATE_DELETED(Room.STATE, 31),
    /** Several keys were changed at once; payload: the changes. */
    STATE_UPDATED(Room.STATE, 32),
    /** Every key is gone. */
    STATE_CLEARED(Room.STATE, 33),
    /** A value was merged into a key by the key's rule; payload: what was merged in. */
    STATE_MERGED(Room.STATE, 34),
    /** A scope holds again what an earlier version held. */
    STATE_ROLLED_BACK(Room.STATE, 35),
    /** One of the keys that an update, a clear or a rollback has changed. */
    STATE_KEY_CHANGED(Room.STATE, 36),
    /** How values merge into a key was declared. */
    MERGE_RULE_DECLARED(Room.STATE, 37),
    /** The past versions of a scope were dropped. */
    STATE_HISTORY_FORGOTTEN(Room.STATE, 38),
    /** What a wait asks of a key; payload: the operand. */
    STATE_WAIT_DECLARED(Room.STATE, 39),
    /** A signal tells of the update that comes with it; payload: that of the signal. */
    STATE_TOLD(Room.STATE, 130),

    // dependency: 40 to 49, 150 to 169

    /** A resource became available or unavailable. */
    RESOURCE_MARKED(Room.DEPENDENCY, 40),
    /** A quality gate was scored, or failed for good. */
    GATE_SCORED(Room.DEPENDENCY, 41),
    /** Somebody waits. */
    DEPENDENCY_DECLARED(Room.DEPENDENCY, 42),
    /** What was waited for is there. */
    DEPENDENCY_RESOLVED(Room.DEPENDENCY, 43),
    /** What was waited for can no longer come. */
    DEPENDENCY_FAILED(Room.DEPENDENCY, 44),
    /** The time is up. */
    DEPENDENCY_EXPIRED(Room.DEPENDENCY, 45),
    /** The wait was given up, or its coordination closed. */
    DEPENDENCY_CANCELLED(Room.DEPENDENCY, 46),
    /** A wait got its label: the id by which it is found in its scope. */
    DEPENDENCY_LABELLED(Room.DEPENDENCY, 47),
    /** The time of a wait is up and it gets the same time again. */
    DEPENDENCY_RETRIED(Room.DEPENDENCY, 48),
    /** The waits of an owner, or of a scope, are given up. */
    DEPENDENCIES_CLEARED(Room.DEPENDENCY, 49),
    /** A person approved or denied; payload: why. */
    APPROVAL_DECIDED(Room.DEPENDENCY, 150),
    /** A wait is made of others; payload: their handles. */
    COMPOSITE_DECLARED(Room.DEPENDENCY, 151),
    /** A composite has counted the end of a member, or left a member behind. */
    COMPOSITE_ADVANCED(Room.DEPENDENCY, 152),
    /** A wait closed a ring of agents that wait for each other. */
    DEADLOCK_DETECTED(Room.DEPENDENCY, 153),
    /** One agent of that ring, and whom it awaits. */
    DEADLOCK_LINKED(Room.DEPENDENCY, 154),

    // agent: 60 to 79

    /** The names of the signals about agents got their ids, and so did who raises them. */
    AGENT_NAMES_RESERVED(Room.AGENT, 60),
    /** An agent is there; payload: its profile. */
    AGENT_REGISTERED(Room.AGENT, 61),
    /** It says something else of itself; payload: its profile. */
    AGENT_UPDATED(Room.AGENT, 62),
    /** It is forgotten, and its tasks with it. */
    AGENT_UNREGISTERED(Room.AGENT, 63),
    /** Its duty was declared. */
    AGENT_DUTY_SET(Room.AGENT, 64),
    /** It gave a sign of life. */
    AGENT_HEARD(Room.AGENT, 65),
    /** Its heartbeats have stayed away. */
    AGENT_SILENCED(Room.AGENT, 66),
    /** It has one more task of the coordination. */
    AGENT_ASSIGNED(Room.AGENT, 67),
    /** It has fewer tasks of the coordination, without an outcome. */
    AGENT_RELEASED(Room.AGENT, 68),
    /** It completed: its outcomes are counted, and a task of it in that coordination has ended. */
    AGENT_COMPLETED(Room.AGENT, 69),

    // context: 80 to 99

    /** The names of the signals of this room got their ids. */
    CONTEXT_NAMES_RESERVED(Room.CONTEXT, 80),
    /** Agents have contexts; payload: the document. */
    CONTEXTS_DISTRIBUTED(Room.CONTEXT, 81),
    /** One kind of what agents share is different for some; payload: the update. */
    INTELLIGENCE_UPDATED(Room.CONTEXT, 82),
    /** The contexts of a coordination are gone. */
    CONTEXTS_CLEARED(Room.CONTEXT, 83),
    /** An agent has begun an attempt at its assignment. */
    ATTEMPT_BEGUN(Room.CONTEXT, 84),
    /** An attempt is over, or an assignment that nobody had begun. */
    ATTEMPT_ENDED(Room.CONTEXT, 85),
    /** A completion has failed because something is unmet; payload: what. */
    COMPLETION_JUDGED(Room.CONTEXT, 86),

    // sync: 100 to 119

    /** The names of the signals of this room got their ids. */
    SYNC_NAMES_RESERVED(Room.SYNC, 100),
    /** A barrier, latch, condition or sync point is there; payload: its parties. */
    SYNC_DECLARED(Room.SYNC, 101),
    /** A party has arrived at a barrier; payload: what it brings. */
    BARRIER_ARRIVED(Room.SYNC, 102),
    /** All parties have arrived: they go on. */
    BARRIER_RELEASED(Room.SYNC, 103),
    /** The time of a barrier was up before all had arrived. */
    BARRIER_BROKEN(Room.SYNC, 104),
    /** A barrier begins anew, or a latch is cleared. */
    SYNC_RESET(Room.SYNC, 105),
    /** A latch lets everybody through. */
    LATCH_SET(Room.SYNC, 106),
    /** Something has changed: who waits at a condition looks again. */
    CONDITION_NOTIFIED(Room.SYNC, 107),
    /** A party of a sync point has completed. */
    SYNC_PARTY_ENDED(Room.SYNC, 108),
    /** A sync point has enough. */
    SYNC_POINT_READY(Room.SYNC, 109),
    /** A sync point can no longer get enough, or its time is up. */
    SYNC_POINT_BROKEN(Room.SYNC, 110),
    /** A barrier, latch, condition or sync point is gone. */
    SYNC_DROPPED(Room.SYNC, 111),
    /** Somebody wants a lease. */
    LEASE_ASKED(Room.SYNC, 112),
    /** A lease is held from now on. */
    LEASE_GRANTED(Room.SYNC, 113),
    /** A lease has a new deadline. */
    LEASE_RENEWED(Room.SYNC, 114),
    /** A lease is no longer held. */
    LEASE_ENDED(Room.SYNC, 115),
    /** Nobody waits for that lease any more. */
    LEASE_WITHDRAWN(Room.SYNC, 116),
    /** An owner gives everything back. */
    LEASES_RELEASED(Room.SYNC, 117),

    // routing: 170 to 189

    /** A decision about a task, with all opinions it was made of; payload: the opinions, second payload: the correlation id. */
    DECISION_RECORDED(Room.ROUTING, 170),
    /** An opinion waits for the next decision about a task; payload: the opinion. */
    OPINION_GIVEN(Room.ROUTING, 171),
    /** A task's row of retries was ended by hand. */
    RETRIES_RESET(Room.ROUTING, 172),
    /** The decisions of a coordination are forgotten. */
    ROUTING_CLEARED(Room.ROUTING, 173),

    // workflow: 250 to 299

    /** A large thing is announced. */
    UPLOAD_BEGUN(Room.WORKFLOW, 250),
    /** A piece of it came; payload: the piece. */
    CHUNK_APPENDED(Room.WORKFLOW, 251),
    /** A definition is kept. */
    WORKFLOW_DEPLOYED(Room.WORKFLOW, 252),
    /** A run began; payload: its inputs. */
    RUN_STARTED(Room.WORKFLOW, 253),
    /** A finished run goes on: what failed in it or was cancelled is pending again. */
    RUN_REOPENED(Room.WORKFLOW, 254),
    /** A run stops: its open steps are cancelled. */
    RUN_CANCELLING(Room.WORKFLOW, 255),
    /** A run ended. */
    RUN_FINISHED(Room.WORKFLOW, 256),
    /** Nothing keeps the step from running but a free place. */
    STEP_READY(Room.WORKFLOW, 257),
    /** An attempt of the step is offered to the workers. */
    TASK_ASSIGNED(Room.WORKFLOW, 258),
    /** A worker is about to start the attempt; payload: how to find it again. */
    STEP_STARTED(Room.WORKFLOW, 259),
    /** The attempt succeeded; payload: its result and detail. */
    STEP_SUCCEEDED(Room.WORKFLOW, 260),
    /** The step's condition said no, or a step it needs was skipped. */
    STEP_SKIPPED(Room.WORKFLOW, 261),
    /** The attempt failed and another follows after a pause; payload: detail. */
    STEP_RETRIED(Room.WORKFLOW, 262),
    /** The worker is gone; the step is offered again and the attempt does not count as a failure. */
    STEP_RELEASED(Room.WORKFLOW, 263),
    /** The step failed for good; payload: its result and detail. */
    STEP_FAILED(Room.WORKFLOW, 264),
    /** The step will not run: the run stops, or a step it needs failed. */
    STEP_CANCELLED(Room.WORKFLOW, 265),
    /** An upload that nobody had ended gave way to a new one. */
    UPLOAD_DROPPED(Room.WORKFLOW, 266),
    /** An answer from outside is awaited, which ends the step. */
    STEP_WAITING(Room.WORKFLOW, 267),
    /** A limit has not enough units for the ready step; it waits in the line of that limit. */
    STEP_BLOCKED(Room.WORKFLOW, 268),
    /** The rate of a limit allows as many units as somebody waits for. */
    LIMIT_REFILLED(Room.WORKFLOW, 269),
    /** Everything that was open has been cancelled; what had succeeded is being undone. */
    RUN_COMPENSATING(Room.WORKFLOW, 270),
    /** An attempt goes on as a run of its own. */
    CHILD_STARTED(Room.WORKFLOW, 280),
    /** A definition is forgotten; its runs go on. */
    DEFINITION_RELEASED(Room.WORKFLOW, 281),
    /** The worker of a leased attempt is alive. */
    STEP_HEARD(Room.WORKFLOW, 282),
    /** No agent that is free can do the ready step; it waits for one. */
    STEP_UNPLACED(Room.WORKFLOW, 283),
    /** There may be an agent for the step now. */
    STEP_PLACEABLE(Room.WORKFLOW, 284);

    private static final int CODES = 1 << 9;
    private static final FactType[] BY_CODE = new FactType[CODES];

    static {
        for (final FactType type : values()) {
            if (BY_CODE[type.code] != null) {
                throw new IllegalStateException(type + " has the code of " + BY_CODE[type.code]);
            }
            BY_CODE[type.code] = type;
        }
    }

    private final Room room;
    private final int code;

    FactType(final Room room, final int code) {
        this.room = room;
        this.code = code;
    }

    /** The room whose store this fact changes. */
    public Room room() {
        return room;
    }

    /** What stands for it in the log of facts and enters the digests; 16 bits. */
    public int code() {
        return code;
    }

    /** The type with this code. */
    public static FactType of(final int code) {
        return BY_CODE[code];
    }
}
