package io.signalbox.kernel.sync;

/** Tells everybody in a coordination what has happened, as a signal that the kernel itself raises. */
@FunctionalInterface
public interface Announcer {
    /**
     * Raise it.
     *
     * @param signalType name id of its type.
     * @param subject name id of what it is about.
     */
    void announce(long coordination, int signalType, int subject, byte[] payload);
}
