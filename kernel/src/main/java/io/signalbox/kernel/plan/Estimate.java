package io.signalbox.kernel.plan;

/**
 * How long it will take if everything succeeds, by the durations that were assumed.
 *
 * @param sequentialNs one step after the other.
 * @param criticalPathNs with a place for everybody; no concurrency makes it shorter.
 * @param parallelNs with the places and limits there are.
 * @param concurrencyMax the places there are, 0 for no bound.
 * @param concurrencyUsed steps in flight at once, at most, with these places.
 */
public record Estimate(
        long sequentialNs, long criticalPathNs, long parallelNs, int concurrencyMax, int concurrencyUsed) {
    /** How many times as fast as one step after the other; 1 when nothing takes time. */
    public double speedUp() {
        return parallelNs == 0 ? 1 : (double) sequentialNs / parallelNs;
    }
}
