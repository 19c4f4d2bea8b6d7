package io.signalbox.kernel.event;

/** The one way to change a store: a fact is appended to the turn's log and follows into its store in the same breath. */
public interface Recorder {
    /** Record a fact; see {@link FactLog#append} for the words. Returns its index in the turn. */
    int record(
            FactType type,
            int extra,
            long coordination,
            long a,
            long b,
            long c,
            long d,
            long secondPayload,
            long payload);

    /** Record a fact without payload. */
    default int record(
            final FactType type,
            final int extra,
            final long coordination,
            final long a,
            final long b,
            final long c,
            final long d) {
        return record(type, extra, coordination, a, b, c, d, 0, 0);
    }

    /** Keep bytes that no command has brought, as a payload of a fact of this turn. */
    long keep(byte[] bytes);

    /** Position of the command being decided. */
    long position();

    /** Kernel time of the command being decided, in nanoseconds. */
    long timestampNs();

    /** Whether a fan-out may go on in this turn; otherwise it continues in a later one. */
    boolean hasRoom();

    /** How many facts the turn has places for. */
    int room();
}
