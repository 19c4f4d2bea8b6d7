package io.signalbox.kernel.sync;

/** What can be done to something that agents meet at. The code enters the journal: append only. */
public enum SyncChange {
    /** A latch lets everybody through. */
    SET(1),
    /** A barrier begins anew, a latch is cleared. */
    RESET(2),
    /** Whoever waits at a condition is woken. */
    NOTIFY_ALL(3),
    /** The first who waits at a condition is woken. */
    NOTIFY_FIRST(4),
    /** It is gone; whoever waits at it is sent home. */
    DROP(5);

    private static final SyncChange[] BY_CODE = {null, SET, RESET, NOTIFY_ALL, NOTIFY_FIRST, DROP};

    private final int code;

    SyncChange(final int code) {
        this.code = code;
    }

    /** Number in the command. */
    public int code() {
        return code;
    }

    /** The change with this number, or null. */
    public static SyncChange of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
