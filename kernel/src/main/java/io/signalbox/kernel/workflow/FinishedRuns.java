package io.signalbox.kernel.workflow;

import io.signalbox.kernel.event.Fact;

/** The runs that have ended, in that order: whose place is used again first. A reopened run stands here more than once; only its last entry counts. */
final class FinishedRuns {
    private final WorkflowRun[] runs;
    private final long[] entries; // finishes << 32 | slot
    private int head;
    private int count;

    FinishedRuns(final WorkflowRun[] runs) {
        this.runs = runs;
        entries = new long[runs.length * 2];
    }

    /** A run has ended. */
    void add(final WorkflowRun run) {
        if (count == entries.length) {
            compact();
        }
        count++;
        set(count - 1, Fact.pair(run.finishes, (int) run.handle));
    }

    /** The run whose place is used next, or null when there is none: of a run that still goes on the children are kept. */
    WorkflowRun oldest() {
        for (int i = 0; i < count; i++) {
            final WorkflowRun run = runs[(int) get(i)];
            if (isLast(i) && !isKept(run)) {
                return run;
            }
        }
        return null;
    }

    private boolean isKept(final WorkflowRun run) {
        final WorkflowRun parent = run.parent == 0 ? null : runs[(int) run.parent];
        return parent != null
                && parent.handle == run.parent
                && !parent.state.isFinal()
                && parent.holds.child(run.parentStep) == run.handle;
    }

    /** The place in this slot has a new owner. What stands before it and counts moves up. */
    void remove(final int slot) {
        int at = 0;
        while ((int) get(at) != slot || !isLast(at)) {
            at++;
        }
        int kept = at;
        for (int i = at - 1; i >= 0; i--) {
            if (isLast(i)) {
                set(kept--, get(i));
            }
        }
        head = (head + kept + 1) % entries.length;
        count -= kept + 1;
    }

    private void compact() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (isLast(i)) {
                set(kept++, get(i));
            }
        }
        count = kept;
    }

    private boolean isLast(final int index) {
        final WorkflowRun run = runs[(int) get(index)];
        return run.state.isFinal() && run.finishes == (int) (get(index) >>> 32);
    }

    private long get(final int index) {
        return entries[(head + index) % entries.length];
    }

    private void set(final int index, final long entry) {
        entries[(head + index) % entries.length] = entry;
    }
}
