package io.signalbox.kernel.workflow;

/** What makes a step end. The ordinal stands in the definition: append only. */
public enum StepKind {
    /** A worker carries it out, attempt by attempt. */
    TASK,
    /** Nobody carries it out: the kernel ends it when the steps it needs have ended as its {@link Gate} says. */
    GATE,
    /** An answer from outside ends it, a person's or another system's; it is offered to no worker and holds no place. */
    EXTERNAL
}
