package io.signalbox.kernel.port;

/** A journal could not do what was asked. The message says what was expected, what came, where, and what to do. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is; scripts and callers branch on this, people read the message. */
    public enum Kind {
        /** Another live process (or another journal of this process) holds the lock. */
        IN_USE,
        /** The folder holds a journal of a format that this version does not know. */
        NEWER_FORMAT,
        /** A complete record fails its checks: length, CRC32C, position, chain, or a mark that replay does not meet. */
        CORRUPT,
        /** There is not enough room on the disk to append safely. Nothing was appended. */
        NO_ROOM,
        /** The folder holds no journal, and one was needed. */
        NOT_FOUND,
        /** Anything else that the operating system refused. */
        IO
    }

    private final Kind kind;
    private final long position;

    /** A failure that concerns no single position. */
    public JournalException(final Kind kind, final String message) {
        this(kind, -1, message, null);
    }

    /**
     * @param position of the record concerned, or -1.
     * @param cause may be null.
     */
    public JournalException(final Kind kind, final long position, final String message, final Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.position = position;
    }

    /** What kind of trouble it is. */
    public Kind kind() {
        return kind;
    }

    /** Position of the record concerned, or -1 when the failure concerns no single record. */
    public long position() {
        return position;
    }
}
