package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.workflow.StepState;

/** Where a task, a step, a stage or a workflow stands. */
public enum WorkflowStatus {
    /** Waits for what it depends on, or for a place. */
    PENDING,
    /** Somebody works on it, or will try again. */
    IN_PROGRESS,
    /** Done. */
    COMPLETED,
    /** Out of attempts, or its time was up. */
    FAILED,
    /** Not to be done: something it depends on has not succeeded, or it said so itself. */
    SKIPPED,
    /** Stopped from outside, or no longer wanted. */
    CANCELLED;

    /** Whether nothing more comes. */
    public boolean isFinal() {
        return this != PENDING && this != IN_PROGRESS;
    }

    static WorkflowStatus of(final StepState state) {
        return switch (state) {
            case PENDING, READY, DORMANT -> PENDING;
            case ASSIGNED, STARTED, BACKING_OFF, WAITING -> IN_PROGRESS;
            case SUCCEEDED -> COMPLETED;
            case SKIPPED -> SKIPPED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }
}
