package io.signalbox.kernel.board;

import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.Expansion;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pattern that runs, or has run. Any thread. */
public final class PatternRun {
    private final WorkflowRunHandle handle;
    private final Expansion expansion;
    private final PatternMeter meter;
    private final AtomicBoolean isMeasured = new AtomicBoolean();

    PatternRun(final WorkflowRunHandle handle, final Expansion expansion, final PatternMeter meter) {
        this.handle = handle;
        this.expansion = expansion;
        this.meter = meter;
    }

    /** The run itself: to look at it, to cancel it, to try it again. */
    public WorkflowRunHandle handle() {
        return handle;
    }

    /** What the pattern became: its steps, and the names of what it created. */
    public Expansion expansion() {
        return expansion;
    }

    /** Wait until it has ended; see {@link WorkflowRunHandle#await}. */
    public RunState await(final Duration patience) {
        final RunState state = handle.await(patience);
        if (state != null && state.isFinal() && isMeasured.compareAndSet(false, true)) {
            final RunSnapshot snapshot = handle.snapshot();
            if (snapshot != null) {
                meter.ended(expansion.pattern(), snapshot);
            }
        }
        return state;
    }

    /** What a task has produced; null when it did not succeed, or the kernel no longer knows the run. Asked between two turns. */
    public DocumentValue result(final String taskId) {
        final RunSnapshot snapshot = handle.snapshot();
        return snapshot == null ? null : new RunResults(snapshot).of(taskId);
    }

    /** What the continuation of the pattern's join has produced; null when there is none or it did not succeed. */
    public DocumentValue result() {
        return result(expansion.id("continuation_task_id"));
    }
}
