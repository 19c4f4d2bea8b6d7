package io.signalbox.kernel;

import java.util.List;

/**
 * The answer to a completion.
 *
 * @param receipt of the signal.
 * @param unmet what it left unmet; empty when it succeeded.
 */
public record Judgement(Receipt receipt, List<UnmetCriterion> unmet) {
    public Judgement {
        unmet = List.copyOf(unmet);
    }

    /** Whether the completion was accepted as a success. */
    public boolean hasSucceeded() {
        return receipt.isAccepted() && receipt.value() == 0;
    }
}
