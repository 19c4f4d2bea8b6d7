package io.signalbox.kernel.dependency;

/** What a dependency waits for. The code enters the journal: append only. */
public enum DependencyKind {
    /** That an agent completes. */
    AGENT_COMPLETION(1),
    /** That a resource is available. */
    RESOURCE(2),
    /** That a gate's score reaches a threshold, inclusive. */
    QUALITY_GATE(3),
    /** That a barrier is released; declared by arriving at it. */
    BARRIER(21),
    /** That a latch is set; declared in the room of what agents meet at, like those below. */
    LATCH(22),
    /** That a condition is notified. */
    CONDITION(23),
    /** That a sync point has enough. */
    SYNC_POINT(24),
    /** That a lease is granted. */
    LEASE(25);

    private static final DependencyKind[] BY_CODE = new DependencyKind[32];

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

    /** Whether another room's commands declare it and another room's facts end it. */
    public boolean isOfAnotherRoom() {
        return code >= BARRIER.code;
    }

    /** The kind with this number, or null. */
    public static DependencyKind of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
