package io.signalbox.kernel.plan;

/**
 * How the steps of a graph hang together, in one word. It is what a person reads first; execution is always the same: a step starts when its last
 * dependency has ended and a place is free.
 */
public enum PlanStrategy {
    /** At least 70 % of the steps depend on nothing. */
    FULL_PARALLEL,
    /** More than one chain of two steps or more. */
    DEPENDENCY_CHAINS,
    /** Somewhere steps run side by side. */
    STAGED_PARALLEL,
    /** Never more than one step at a time. */
    SEQUENTIAL
}
