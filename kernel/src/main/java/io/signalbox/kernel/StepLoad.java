package io.signalbox.kernel;

/** What a step keeps busy, and so where it runs. */
public enum StepLoad {
    /** A processor: no more of them run at once than the workers' parallelism, which is the number of processors where nothing else is said. */
    CPU,
    /** Hardly anything, since it waits for something: each has a thread of its own, a virtual one where the JDK has them. */
    IO
}
