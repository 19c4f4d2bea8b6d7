package io.signalbox.kernel.event;

/** Why a command was refused. A refusal is an answer, not a failure: nothing was changed. */
public enum Rejection {
    /** The name, payload, list or definition is longer than the limit of the kernel's configuration. */
    TOO_LONG(16, "longer than the limit in KernelConfig"),
    /** A table of fixed size is full; its size is in the kernel's configuration. */
    CAPACITY_EXHAUSTED(17, "the table is full; its size is set in KernelConfig"),
    /** No open coordination has this handle; it was never opened, or it is closed. */
    UNKNOWN_COORDINATION(18, "no open coordination has this handle"),
    /** No name has this id. */
    UNKNOWN_NAME(19, "no name has this id"),
    /** No dependency has this handle, or a later one owns its place. */
    UNKNOWN_DEPENDENCY(20, "no dependency has this handle"),
    /** The dependency, step or run has already ended. */
    ALREADY_CONCLUDED(21, "it has already ended"),
    /** The key does not have the version that was expected. */
    VERSION_MISMATCH(22, "the key has another version than expected"),
    /** The key does not exist. */
    UNKNOWN_KEY(23, "the key does not exist"),
    /** A value is outside its range: a quality or score not in 0..1, a negative length, an unknown kind. */
    INVALID_VALUE(24, "a value is outside its range"),
    /** No upload has this handle, or its chunks came out of order, or its content does not have the announced hash. */
    INVALID_UPLOAD(25, "the upload is unknown, out of order or damaged"),
    /** The definition's bytes do not follow the format, or its graph has a cycle. */
    INVALID_DEFINITION(26, "the definition is malformed or has a cycle"),
    /** No definition has this id. */
    UNKNOWN_DEFINITION(27, "no definition has this id"),
    /** No run has this handle. */
    UNKNOWN_RUN(28, "no run has this handle"),
    /** The run has no step of this index. */
    UNKNOWN_STEP(29, "the run has no such step"),
    /** The report is about an attempt that is no longer the current one. */
    STALE_ATTEMPT(30, "another attempt is the current one"),
    /** The run has not ended, so there is nothing to retry. */
    NOT_FINISHED(31, "it has not ended yet"),
    /** Nothing in the run failed or was cancelled. */
    NOTHING_TO_RETRY(32, "nothing failed or was cancelled"),
    /** The client's sequence is older than the answers kept for it: it was applied once, its answer is forgotten. */
    REPEAT_UNKNOWN(33, "already applied, the answer is no longer kept"),
    /** The rules version is older than the present one or newer than this kernel knows. */
    UNSUPPORTED_RULES(34, "this kernel does not know that rules version"),
    /** This version of the kernel does not know the command. */
    UNKNOWN_COMMAND(35, "this version does not know the command"),
    /** The command was claimed but its encoding failed: it took a position and did nothing. */
    VOIDED(36, "its encoding failed after the claim"),
    /** A subscription of this name is open and was declared with other terms. */
    SUBSCRIBED_OTHERWISE(230, "a subscription of this name is open with other terms"),
    /** No open subscription has this handle. */
    UNKNOWN_SUBSCRIPTION(231, "no open subscription has this handle"),
    /** The signal is not outstanding there: it never was, it is acknowledged, or it was abandoned. */
    UNKNOWN_DELIVERY(232, "the signal is not outstanding in this subscription"),
    /** A subscription that must not miss it has as much outstanding as it may. */
    OUTSTANDING_FULL(233, "a subscription that must not miss it is full; acknowledge what it has outstanding"),
    /** An agent of this name is registered already. */
    DUPLICATE_AGENT(60, "an agent of this name is already registered"),
    /** No agent of this name is registered. */
    UNKNOWN_AGENT(61, "no agent of this name was found"),
    /** The name belongs to the kernel. */
    RESERVED_NAME(62, "the name belongs to the kernel"),
    /** The agent is silent, or declared to take no tasks. */
    AGENT_UNAVAILABLE(63, "the agent is silent or takes no tasks"),
    /** The agent has as many tasks as it may have at once. */
    AGENT_BUSY(64, "the agent has as many tasks as it may have"),
    /** The agent has no task in this coordination. */
    NO_TASK_ASSIGNED(65, "the agent has no task in this coordination"),
    /** A wait of this label is still pending in the coordination. */
    DUPLICATE_DEPENDENCY(150, "a wait with this id is still pending in the coordination"),
    /** A composite wait is nested more deeply than it may be. */
    NESTED_TOO_DEEP(151, "composite waits are nested too deeply"),
    /** Nobody waits for a decision on this subject. */
    NOTHING_TO_DECIDE(152, "nobody waits for a decision on this"),
    /** Every wait for a decision on this subject names somebody else as its approver. */
    NOT_THE_APPROVER(153, "the wait names somebody else as its approver"),

    // sync: 100 to 119

    /** A barrier, latch, condition or sync point of this name is declared in the coordination already. */
    DUPLICATE_SYNC(100, "something that agents meet at already has this name"),
    /** Nothing that agents meet at has this name in the coordination. */
    UNKNOWN_SYNC(101, "nothing that agents meet at has this name"),
    /** What has this name is of another kind: one cannot arrive at a latch. */
    WRONG_SYNC_KIND(102, "what has this name is of another kind"),
    /** More are required than there are parties, or fewer than none; a barrier requires all. */
    INVALID_REQUIRED(103, "the required number is not in 0..number of parties"),
    /** A barrier has no parties. */
    NO_PARTIES(104, "a barrier needs parties"),
    /** A party stands twice in the list. */
    DUPLICATE_PARTY(105, "a party stands twice"),
    /** The agent is not one of the declared parties. */
    NOT_A_PARTY(106, "the agent is not one of the declared parties"),
    /** The agent has arrived in this generation already. */
    ALREADY_ARRIVED(107, "the agent has already arrived in this generation"),
    /** The barrier is broken: its time was up before all had arrived. It takes arrivals again when it is reset. */
    BARRIER_IS_BROKEN(108, "the barrier is broken and was not reset"),
    /** A time limit or the length of a lease is not above zero. */
    INVALID_TIMEOUT(109, "a time limit must be above zero"),
    /** The owner holds a lease on the resource, or waits for one. */
    ALREADY_HELD(110, "the owner holds the lease already, or waits for it"),
    /** Nobody holds a lease on the resource: it has expired or was released. */
    NOT_HELD(111, "nobody holds a lease on the resource"),
    /** Another holds the lease on the resource. */
    NOT_THE_OWNER(112, "another holds the lease on the resource"),
    /** The fencing number is of an earlier grant. */
    STALE_FENCING(113, "the fencing number is of an earlier grant"),

    /** The coordination, or the kernel-wide scope, holds as many keys as it may. */
    TOO_MANY_KEYS(130, "the scope holds as many keys as stateKeysMax in KernelConfig's limits allows"),
    /** The values of the coordination, or of the kernel-wide scope, are as large as they may be. */
    TOO_MANY_BYTES(131, "the scope's values are as large as stateBytesMax in KernelConfig's limits allows"),
    /** A key stands twice in one update. */
    DUPLICATE_KEY(132, "a key stands twice in one update"),
    /** No merge rule was declared for the key. */
    NO_MERGE_RULE(133, "no merge rule was declared for the key"),
    /** The key's merge rule cannot merge values of these types, or what comes of it does not fit its type. */
    NOT_MERGEABLE(134, "the key's merge rule cannot merge these two values"),
    /** The version is not one before the present one. */
    UNKNOWN_VERSION(135, "the scope has no such version before its present one"),
    /** The version is older than those that are retained. */
    VERSION_NOT_RETAINED(136, "that version is no longer retained"),

    // signal: 200 to 229

    /** The signal's kind is neither the kernel's nor declared, or it is sent under a name that is not its own. */
    UNKNOWN_KIND(200, "no such kind of signal, or not under this name"),
    /** A kind of this name is declared with another schema. */
    DECLARED_OTHERWISE(201, "it is declared with another schema"),
    /** The coordination refuses signals of agents that nobody knows. */
    UNKNOWN_SENDER(202, "the coordination does not know the sender"),
    /** Nobody awaits a response to that signal: none was asked for, it was given, or its time was up. */
    NO_OPEN_REQUEST(203, "nobody awaits a response to that signal"),
    /** The payload does not suit the schema of its kind. */
    INVALID_PAYLOAD(204, "the payload does not suit its kind");

    private static final Rejection[] BY_CODE = new Rejection[256];

    static {
        for (final Rejection rejection : values()) {
            BY_CODE[rejection.code] = rejection;
        }
    }

    private final int code;
    private final String reason;

    Rejection(final int code, final String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** Stable number of this refusal, 16 to 255. */
    public int code() {
        return code;
    }

    /** What a person reads. */
    public String reason() {
        return reason;
    }

    /** The refusal as an answer of the machine: negative. */
    public long answer() {
        return -(long) code;
    }

    /** The refusal that an answer stands for, or null when the answer is no refusal. */
    public static Rejection ofAnswer(final long answer) {
        return answer < 0 && -answer < BY_CODE.length ? BY_CODE[(int) -answer] : null;
    }
}
