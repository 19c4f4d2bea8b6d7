package io.signalbox.kernel.workflow;

import io.signalbox.kernel.store.DigestSink;
import java.util.Arrays;

/** The compensations that a stopped run has to run, one after the other, that of the last success first. */
final class Undoing {
    private int[] steps = {};
    private int done;
    private int failed;

    /** Whether anything has succeeded that a compensation can undo. */
    static boolean isNeeded(final WorkflowRun run) {
        for (int step = 0; step < run.plan.stepCount(); step++) {
            if (isToUndo(run, step)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isToUndo(final WorkflowRun run, final int step) {
        return run.plan.compensation(step) >= 0 && run.state(step) == StepState.SUCCEEDED;
    }

    void begin(final WorkflowRun run) {
        final long[] successes = new long[run.plan.stepCount()];
        int count = 0;
        for (int step = 0; step < run.plan.stepCount(); step++) {
            if (isToUndo(run, step)) {
                successes[count++] = (long) run.endOrders[step] << 32 | run.plan.compensation(step);
            }
        }
        Arrays.sort(successes, 0, count);
        steps = new int[count];
        for (int i = 0; i < count; i++) {
            steps[i] = (int) successes[count - 1 - i];
        }
        done = 0;
        failed = 0;
    }

    /** A compensation has ended. */
    void onEnded(final boolean isUndone) {
        done++;
        failed += isUndone ? 0 : 1;
    }

    /** The compensation that runs or is to run, -1 when all have ended. */
    int current() {
        return done < steps.length ? steps[done] : -1;
    }

    boolean hasFailed() {
        return failed > 0;
    }

    void forget() {
        steps = new int[0];
        done = 0;
        failed = 0;
    }

    void digestInto(final DigestSink sink) {
        sink.add((long) done << 32 | failed);
        for (final int step : steps) {
            sink.add(step);
        }
    }
}
