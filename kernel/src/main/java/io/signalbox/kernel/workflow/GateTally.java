package io.signalbox.kernel.workflow;

/** How the members of each gate of a run have ended so far. Follows from the states of the steps. */
final class GateTally {
    private final int[] succeeded;
    private final int[] skipped;
    private final int[] superfluous;
    private final int[] harmed;

    /** @param steps of the run, 0 when none of them is a gate. */
    GateTally(final int steps) {
        succeeded = new int[steps];
        skipped = new int[steps];
        superfluous = new int[steps];
        harmed = new int[steps];
    }

    void clear(final int gate) {
        succeeded[gate] = 0;
        skipped[gate] = 0;
        superfluous[gate] = 0;
        harmed[gate] = 0;
    }

    /** A member has ended. */
    void add(final int gate, final StepMeaning meaning) {
        switch (meaning) {
            case DONE -> succeeded[gate]++;
            case SKIPPED -> skipped[gate]++;
            case SUPERFLUOUS -> superfluous[gate]++;
            case HARMFUL -> harmed[gate]++;
            case TOLERATED -> {
                // neither a success nor harm
            }
        }
    }

    int succeeded(final int gate) {
        return succeeded[gate];
    }

    int harmed(final int gate) {
        return harmed[gate];
    }

    int superfluous(final int gate) {
        return superfluous[gate];
    }

    /** Members that were skipped or did not matter: they can no longer succeed and do no harm. */
    int idle(final int gate) {
        return skipped[gate] + superfluous[gate];
    }
}
