package io.signalbox.kernel.ring;

/** Who may turn the machine. */
public enum TurnMode {
    /** Whoever has published. */
    CALLER,
    /** One thread that backs off and parks when there is nothing to do. */
    SHARED,
    /** One thread that never parks. */
    DEDICATED,
    /** The thread that launched the kernel, when it asks for it. */
    INVOKER
}
