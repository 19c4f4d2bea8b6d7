package io.signalbox.kernel.dependency;

/** What a dependency waits for. The code enters the journal: append only. */
public enum DependencyKind {
    /** That an agent completes. */
    AGENT_COMPLETION(1),
    /** That a resource is available. */
    RESOURCE(2),
    /** That a gate's score reaches a threshold, inclusive. */
    QUALITY_GATE(3),
    /** That somebody answers a signal; declared together with it. */
    RESPONSE(15),
    /** That a signal of a type is raised, by anybody or by one sender. */
    SIGNAL(4),
    /** That a person approves. */
    APPROVAL(5),
    /** That at least k of other waits resolve; declared by a command of its own. */
    COMPOSITE(6),
    /** That a key's value is as a predicate says; declared by a command of its own. */
    STATE_PREDICATE(20),
    /** That a sync point of the sync room is reached. */
    SYNC_POINT(21),
    /** That a barrier is released; declared by arriving at it. */
    BARRIER(22),
    /** That a latch is set. */
    LATCH(23),
    /** That a condition is notified. */
    CONDITION(24),
    /** That a lease is granted. */
    LEASE(25);

    /** Codes stand in this many bits of a record. */
    static final int CODE_BITS = 5;

    private static final DependencyKind[] BY_CODE = new DependencyKind[1 << CODE_BITS];

    static {
        for (final DependencyKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;

    DependencyKind(final int code) {
        this.code = code;
    }

    /** Number in the command. */
    public int code() {
        return code;
    }

    /** Whether it is declared like a wait for an agent; each of the others has a command of its own. */
    public boolean isPlain() {
        return code <= APPROVAL.code || this == SYNC_POINT;
    }

    /** The kind with this number, or null. */
    public static DependencyKind of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
