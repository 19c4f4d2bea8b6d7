package io.signalbox.kernel.pattern;

import java.util.List;

/**
 * Work is reviewed and refined until it is good, a bounded number of times.
 *
 * @param id of the loop, and of the step that ends it.
 * @param sources the work that is reviewed, each once.
 * @param review what looks at it.
 * @param refine what makes it better; gets what the review said.
 * @param roundsMax reviews at most.
 * @param until what a review has to say for the loop to end.
 * @param failsWhenExhausted whether the loop has failed when the last review did not say so.
 */
public record Loop(
        String id,
        List<String> sources,
        TaskTemplate review,
        TaskTemplate refine,
        int roundsMax,
        Condition until,
        boolean failsWhenExhausted) implements PatternSection {
    public Loop {
        sources = List.copyOf(sources);
    }

    /** Id of the review of a round, from 1. */
    public String reviewId(final int round) {
        return (review.id().isEmpty() ? id + "_review" : review.id()) + "_" + round;
    }

    /** Id of the refinement after the review of a round, from 1. */
    public String refineId(final int round) {
        return (refine.id().isEmpty() ? id + "_refine" : refine.id()) + "_" + round;
    }
}
