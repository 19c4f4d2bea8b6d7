package io.signalbox.kernel.machine;

/** Sees every command of a random walk, right after the machine has applied it and what its backlog called for. */
interface Witness {
    /** Sees nothing. */
    Witness NONE = (machine, command, nowNs) -> {};

    /**
     * @param command stamped with its position and time; it belongs to the witness.
     */
    void applied(CoordinationMachine machine, byte[] command, long nowNs);
}
