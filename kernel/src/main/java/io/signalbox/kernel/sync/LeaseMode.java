package io.signalbox.kernel.sync;

/** Whether others may hold a lease on the same thing at the same time. The code enters the journal: append only. */
public enum LeaseMode {
    /** Nobody else. */
    EXCLUSIVE(1),
    /** Others who share it. */
    SHARED(2);

    private static final LeaseMode[] BY_CODE = {null, EXCLUSIVE, SHARED};

    private final int code;

    LeaseMode(final int code) {
        this.code = code;
    }

    /** Number in the command. */
    public int code() {
        return code;
    }

    /** The mode with this number, or null. */
    public static LeaseMode of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
