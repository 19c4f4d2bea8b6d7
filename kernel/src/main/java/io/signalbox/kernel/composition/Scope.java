package io.signalbox.kernel.composition;

/** Who sees a variable, and who sees what is written to it. */
public enum Scope {
    /** One value for the whole run: everybody reads and writes it. */
    GLOBAL,
    /** Only the steps that stand directly in the composition that declares it. */
    LOCAL,
    /** Everything inside reads it; a part that writes it has a value of its own from then on, which its own parts inherit. */
    INHERITED,
    /** Everything inside reads and writes the one value. */
    SHARED
}
