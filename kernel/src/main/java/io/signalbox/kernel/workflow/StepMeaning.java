package io.signalbox.kernel.workflow;

/** What the end of a step means for those that need it. The bit stands in {@link WorkflowRun#needs}. */
enum StepMeaning {
    /** Its result is there. */
    DONE(0),
    /** It was not done, and that is right. */
    SKIPPED(1),
    /** It failed or was cancelled. */
    HARMFUL(2),
    /** It was cancelled because it no longer mattered. */
    SUPERFLUOUS(4),
    /** It failed, and its dependents run nevertheless. */
    TOLERATED(8);

    private final int bit;

    StepMeaning(final int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    boolean isIn(final int bits) {
        return (bits & bit) != 0;
    }
}
