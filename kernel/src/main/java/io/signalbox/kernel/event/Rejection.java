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

    // coordination: 190 to 199

    /** An open coordination has this name already. */
    DUPLICATE_COORDINATION(190, "an open coordination has this name already"),
    /** The name of the coordination is empty or made of blanks. */
    BLANK_NAME(191, "a coordination needs a name that can be read"),
    /** A time to live is negative. */
    INVALID_TIME_TO_LIVE(192, "a time to live must not be negative"),
    /** An assignment has a field or a dependency that cannot be; the message says which. */
    INVALID_ASSIGNMENT(193, "an assignment has a field or a dependency that cannot be"),
    /** Agents depend on each other in a circle. */
    CIRCULAR_DEPENDENCIES(194, "agents depend on each other in a circle"),
    /** An agent has two assignments in one workflow. */
    DUPLICATE_ASSIGNMENT(195, "an agent has two assignments"),
    /** A workflow in which nobody has anything to do. */
    NO_ASSIGNMENTS(196, "nobody has an assignment"),
    /** No integration pattern has this name. */
    UNKNOWN_PATTERN(197, "no integration pattern has this name"),
    /** The assignments do not suit the pattern. */
    UNSUITABLE_PATTERN(198, "the assignments do not suit the integration pattern"),

    // context: 80 to 99

    /** A document to be distributed names no agents. */
    NO_AGENTS(80, "the document names no agents"),
    /** The agent has no context in the coordination, or the coordination has none at all. */
    UNKNOWN_CONTEXT(81, "no context was distributed for it"),
    /** A document has a field that nobody knows. */
    UNKNOWN_FIELD(82, "the document has an unknown field"),
    /** A document lacks a field that it must have, or has it empty. */
    MISSING_FIELD(83, "the document lacks a field, or has it empty"),
    /** A field of a document is of the wrong type or outside its range. */
    INVALID_FIELD(84, "a field of the document is of the wrong type or outside its range"),
    /** There is no such kind of shared intelligence. */
    UNKNOWN_INTELLIGENCE(85, "there is no such kind of shared intelligence"),
    /** Shared intelligence is not what its kind may hold. */
    INVALID_INTELLIGENCE(86, "this kind of shared intelligence cannot hold that"),
    /** What agents share would be larger than it may be. */
    TOO_MUCH_INTELLIGENCE(87, "what agents share would be larger than intelligenceBytesMax in KernelConfig's limits"),
    /** A success criterion, output requirement or quality gate is one that the kernel cannot judge by. */
    INVALID_CRITERION(88, "a criterion that the kernel cannot judge by"),
    /** A dependency of an assignment has no type, an unknown one or no target. */
    INVALID_DEPENDENCY(89, "a dependency of an assignment has no known type or no target"),
    /** One document, or one list of targets, names more agents than it may. */
    TOO_MANY_AGENTS(90, "a document names more agents than one document may"),
    /** The bytes are no JSON. */
    MALFORMED_DOCUMENT(91, "the document is no JSON"),
    /** The agent has as many attempts under way as its allocation allows. */
    CONCURRENCY_LIMIT_REACHED(92, "the agent has as many attempts under way as its concurrency_limit allows"),
    /** The agent has failed once and as often again as its allocation allows. */
    RETRIES_EXHAUSTED(93, "the agent has failed as often as its max_retry_attempts allows"),
    /** The agent has no attempt under way. */
    NO_ATTEMPT(94, "the agent has no attempt under way"),

    // workflow: 50 to 59

    /** A run would be the child of a child of a child, deeper than it may be. */
    TOO_DEEP(50, "runs that start runs are nested deeper than runDepthMax in KernelConfig's limits allows"),
    /** The attempt was started by another worker. */
    NOT_YOUR_TASK(51, "another worker has started the attempt"),

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
