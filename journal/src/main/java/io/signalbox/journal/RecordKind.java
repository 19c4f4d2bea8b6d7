package io.signalbox.journal;

/** What a record is. The codes are part of the format and never change their meaning. */
public enum RecordKind {
    /** A writer opened the journal. Its position is that of the last command before it, or -1. */
    OPENED(1),
    /** A command. Positions are dense, the first is 0. */
    COMMAND(2),
    /** Running digests after the command at its position, which is the last one before it. */
    MARK(3),
    /** The writer closed the journal in good order; guards the last command with its chain. */
    CLOSED(4);

    private static final RecordKind[] BY_CODE = {null, OPENED, COMMAND, MARK, CLOSED};

    private final int code;

    RecordKind(final int code) {
        this.code = code;
    }

    /** The byte that stands in the frame. */
    public int code() {
        return code;
    }

    /** The kind with this code, or null when there is none. */
    public static RecordKind of(final int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
