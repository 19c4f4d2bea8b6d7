package io.signalbox.kernel.state;

/** How the bytes of a value are meant. The code enters the journal: append only. */
public enum ValueType {
    /** No bytes. */
    NULL,
    /** One byte, 0 or 1. */
    BOOLEAN,
    /** Eight bytes, little endian. */
    LONG,
    /** Eight bytes, little endian, IEEE 754. */
    DOUBLE,
    /** UTF-8. */
    TEXT,
    /** UTF-8, a JSON document; the kernel does not look inside. */
    JSON,
    /** Anything. */
    BYTES;

    private static final ValueType[] BY_CODE = values();

    /** The type with this code, or null. */
    public static ValueType of(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** Whether a value of this type may have so many bytes. */
    boolean fits(final int length) {
        return switch (this) {
            case NULL -> length == 0;
            case BOOLEAN -> length == 1;
            case LONG, DOUBLE -> length == Long.BYTES;
            case TEXT, JSON, BYTES -> length >= 0;
        };
    }
}
