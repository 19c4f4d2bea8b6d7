package io.signalbox.kernel.facade;

import java.util.Objects;

/**
 * A gate that the quality of one agent's work opens.
 *
 * @param gateId name of the gate; whoever depends on it goes on when it is reached.
 * @param scoredBy the agent whose quality is the gate's score.
 * @param threshold that the quality must reach, 0 to 1, inclusive; below it the work counts as failed and is tried again.
 */
public record QualityGate(String gateId, String scoredBy, double threshold) {
    public QualityGate {
        Objects.requireNonNull(gateId, "gateId");
        Objects.requireNonNull(scoredBy, "scoredBy");
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold must be in 0..1: " + threshold);
        }
    }
}
