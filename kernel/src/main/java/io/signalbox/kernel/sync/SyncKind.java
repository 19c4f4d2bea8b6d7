package io.signalbox.kernel.sync;

import io.signalbox.kernel.dependency.DependencyKind;

/** What agents meet at. The code enters the journal: append only. */
public enum SyncKind {
    /** All declared parties arrive, then all go on; again and again, generation by generation. */
    BARRIER(1, DependencyKind.BARRIER),
    /** Set once, it lets everybody through until it is cleared. */
    LATCH(2, DependencyKind.LATCH),
    /** Whoever waits is woken when somebody says that something has changed. */
    CONDITION(3, DependencyKind.CONDITION),
    /** Enough of the declared parties have completed, once. */
    SYNC_POINT(4, DependencyKind.SYNC_POINT);

    private static final SyncKind[] BY_CODE = {null, BARRIER, LATCH, CONDITION, SYNC_POINT};

    private final int code;
    private final DependencyKind wait;

    SyncKind(final int code, final DependencyKind wait) {
        this.code = code;
        this.wait = wait;
    }

    /** Number in the command. */
    public int code() {
        return code;
    }

    /** The kind of the waits at it. */
    public DependencyKind waitKind() {
        return wait;
    }

    /** The kind with this number, or null. */
    public static SyncKind of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
