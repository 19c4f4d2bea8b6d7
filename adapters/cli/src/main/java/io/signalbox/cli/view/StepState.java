package io.signalbox.cli.view;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Where a step, or one instance of it, stands. */
public enum StepState {
    /** Its needs have not ended, or there is no free place. */
    WAITING(false),
    /** An attempt is running. */
    RUNNING(false),
    /** The last attempt failed; the next one is due later. */
    BACKING_OFF(false),
    /** A person is asked. */
    AWAITING(false),
    /** Ended well. */
    SUCCEEDED(true),
    /** Its last attempt failed. */
    FAILED(true),
    /** Its last attempt took too long. */
    TIMED_OUT(true),
    /** Stopped, or never started, because of something else. */
    CANCELLED(true),
    /** Its condition was false, or what it needs was skipped. */
    SKIPPED(true);

    private final boolean isFinal;

    StepState(final boolean isFinal) {
        this.isFinal = isFinal;
    }

    /** Whether the step is over. */
    public boolean isFinal() {
        return isFinal;
    }

    /** Failed or timed out. */
    public boolean isFailure() {
        return this == FAILED || this == TIMED_OUT;
    }

    /** In lower case, as in JSON lines and in the result digest: {@code timed_out}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What stands for several instances together: what happens now comes before what failed, and that before what is over. Waiting
     * when there is none.
     */
    public static StepState of(final Collection<StepState> instances) {
        if (instances.contains(AWAITING) && !instances.contains(RUNNING)) {
            return AWAITING;
        }
        if (instances.contains(RUNNING) || instances.contains(BACKING_OFF)) {
            return instances.contains(RUNNING) ? RUNNING : BACKING_OFF;
        }
        final boolean isOver = instances.stream().allMatch(StepState::isFinal);
        if (instances.isEmpty() || !isOver) {
            return instances.stream().anyMatch(StepState::isFinal) ? RUNNING : WAITING;
        }
        return List.of(FAILED, TIMED_OUT, CANCELLED, SUCCEEDED).stream()
                .filter(instances::contains)
                .findFirst()
                .orElse(SKIPPED);
    }
}
