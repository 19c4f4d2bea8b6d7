package io.signalbox.kernel;

import java.util.Map;

/**
 * The answer to a change of what agents share.
 *
 * @param receipt its value is how many agents were reached; or why it was refused: all agents then have what they had.
 * @param versions the versions of the agents reached, soon after; empty when it was refused or there was nobody.
 */
public record ContextUpdate(Receipt receipt, Map<String, Long> versions) {
    public ContextUpdate {
        versions = Map.copyOf(versions);
    }

    /** Whether it was made. */
    public boolean isAccepted() {
        return receipt.isAccepted();
    }
}
