package io.signalbox.kernel.workflow;

/**
 * Which steps of a finished run are done again. What succeeded or was skipped stays, unless it has been undone or stands on what was undone. What
 * failed or was cancelled is done again, except where that did not matter: what a gate did not need, and a failure that was absorbed, is done again
 * only together with a step that needs it.
 */
final class Reopening {
    private final WorkflowRun run;
    private final WorkflowPlan plan;
    private final boolean[] isAgain;

    private Reopening(final WorkflowRun run) {
        this.run = run;
        this.plan = run.plan;
        this.isAgain = new boolean[plan.stepCount()];
    }

    /** By step: whether it is done again. */
    static boolean[] of(final WorkflowRun run) {
        final Reopening reopening = new Reopening(run);
        reopening.addUndone();
        reopening.addFailed();
        reopening.addWanted();
        return reopening.isAgain;
    }

    private void addUndone() {
        for (int i = 0; i < plan.stepCount(); i++) {
            final int step = plan.ordered(i);
            final int compensation = plan.compensation(step);
            isAgain[step] = compensation >= 0 && run.state(compensation) == StepState.SUCCEEDED;
            for (int need = 0; need < plan.needCount(step) && !isAgain[step]; need++) {
                isAgain[step] = isAgain[plan.need(step, need)];
            }
        }
    }

    private void addFailed() {
        for (int step = 0; step < plan.stepCount(); step++) {
            isAgain[step] |= isBad(step) && !run.isHarmless(step);
        }
    }

    private void addWanted() {
        for (int i = plan.stepCount() - 1; i >= 0; i--) {
            final int step = plan.ordered(i);
            for (int d = 0; d < plan.dependentCount(step) && isBad(step) && !isAgain[step]; d++) {
                isAgain[step] = isAgain[plan.dependent(step, d)];
            }
        }
    }

    private boolean isBad(final int step) {
        return plan.undoes(step) < 0
                && (run.state(step) == StepState.FAILED || run.state(step) == StepState.CANCELLED);
    }
}
