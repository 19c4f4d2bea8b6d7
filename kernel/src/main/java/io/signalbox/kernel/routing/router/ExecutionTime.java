package io.signalbox.kernel.routing.router;

/** Classes of execution time. */
public enum ExecutionTime {
    FAST,
    NORMAL,
    SLOW
}
