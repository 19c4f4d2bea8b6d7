package io.signalbox.kernel;

/** What an answer survives. In rising order. */
public enum Durability {
    /** Nothing: there is no journal. */
    MEMORY,
    /** The death of the process. */
    JOURNALED,
    /** The power cord. */
    SYNCED
}
