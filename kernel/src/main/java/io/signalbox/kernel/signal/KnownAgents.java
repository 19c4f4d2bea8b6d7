package io.signalbox.kernel.signal;

/** Who is known in the kernel beside those who introduced themselves by a signal. Turn only. */
@FunctionalInterface
public interface KnownAgents {
    /** Whether the agent of this name id is registered, or the kernel itself. */
    boolean isKnown(int agent);
}
