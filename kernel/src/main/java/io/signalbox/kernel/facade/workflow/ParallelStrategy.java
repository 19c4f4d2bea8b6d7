package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.Superfluous;

/** When parallel nodes together have succeeded. A node has failed when it is out of retries. */
public enum ParallelStrategy {
    /** Every node succeeds. When the time is up: failed. */
    ALL_SUCCESS,
    /** One node succeeds; the first to do so wins. When the time is up: failed, unless one had succeeded. */
    FIRST_SUCCESS,
    /** More than half of the nodes succeed. When the time is up: failed, unless so many had succeeded. */
    MAJORITY_SUCCESS,
    /** Every node has ended, however. When the time is up: succeeded, with what is there. */
    BEST_EFFORT,
    /** The node of the best quality wins; what is below the threshold does not count. When the time is up: the best so far, failed when there is none. */
    COMPETITIVE;

    Gate gate(final Superfluous superfluous, final double qualityThreshold) {
        return switch (this) {
            case ALL_SUCCESS -> Gate.of(GateRule.ALL, superfluous);
            case FIRST_SUCCESS -> Gate.of(GateRule.FIRST, superfluous);
            case MAJORITY_SUCCESS -> Gate.of(GateRule.MAJORITY, superfluous);
            case BEST_EFFORT -> Gate.of(GateRule.BEST_EFFORT, superfluous);
            case COMPETITIVE -> Gate.competitive(qualityThreshold, superfluous);
        };
    }

    /** Whether one node alone makes the result. */
    boolean hasWinner() {
        return this == FIRST_SUCCESS || this == COMPETITIVE;
    }
}
