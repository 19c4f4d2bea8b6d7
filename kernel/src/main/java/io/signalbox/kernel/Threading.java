package io.signalbox.kernel;

import io.signalbox.kernel.ring.TurnMode;

/** Who turns the machine. Nothing else depends on it: the same commands give the same facts in every mode. */
public enum Threading {
    /**
     * The thread that submits a command turns the machine itself, if nobody else does at that moment. No hop to another thread,
     * no thread that spins. The default.
     */
    CALLER(TurnMode.CALLER),
    /** One background thread that backs off and parks. */
    SHARED(TurnMode.SHARED),
    /** One background thread that spins, for machines with a core to give. */
    DEDICATED(TurnMode.DEDICATED),
    /** The thread that launched the kernel turns it, by calling {@link Kernel#turn} or by waiting. For tests and event loops. */
    INVOKER(TurnMode.INVOKER);

    private final TurnMode mode;

    Threading(final TurnMode mode) {
        this.mode = mode;
    }

    TurnMode mode() {
        return mode;
    }
}
