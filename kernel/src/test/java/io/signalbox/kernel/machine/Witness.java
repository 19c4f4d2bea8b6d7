package io.signalbox.kernel.machine;

/** Sees every turn of a random walk, right after it. */
interface Witness {
    /** Sees nothing. */
    Witness NONE = (machine, command) -> {};

    /**
     * @param command what was applied, stamped with its position and time; nobody changes it afterwards.
     */
    void applied(CoordinationMachine machine, byte[] command);
}
