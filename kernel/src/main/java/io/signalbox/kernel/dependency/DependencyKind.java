package io.signalbox.kernel.dependency;

/** What a dependency waits for. The code enters the journal: append only. */
public enum DependencyKind {
    /** That an agent completes. */
    AGENT_COMPLETION(1),
    /** That a resource is available. */
    RESOURCE(2),
    /** That a gate's score reaches a threshold, inclusive. */
    QUALITY_GATE(3),
    /** That a key's value is as a predicate says; declared by a command of its own. */
    STATE_PREDICATE(20);

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

    /** The kind with this number, or null. */
    public static DependencyKind of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
