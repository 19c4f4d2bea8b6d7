package io.signalbox.bench;

/**
 * How much of the machine is not ours: a bare {@code nanoTime} loop, and the gaps in it.
 *
 * @param watchedNs how long the loop ran
 * @param stolenNs how much of that lay in gaps longer than {@value #GAP_NS} ns
 * @param gapMaxNs the longest gap
 */
record NoiseFloor(long watchedNs, long stolenNs, long gapMaxNs) {
    private static final long GAP_NS = 10_000;

    /** No observation yet. */
    static final NoiseFloor NONE = new NoiseFloor(0, 0, 0);

    /** Watch for {@code durationMs}; spins on one core. */
    static NoiseFloor watch(final long durationMs) {
        final long start = System.nanoTime();
        final long end = start + durationMs * 1_000_000;
        long last = start;
        long stolenNs = 0;
        long gapMaxNs = 0;
        while (last < end) {
            final long now = System.nanoTime();
            final long gapNs = now - last;
            if (gapNs > GAP_NS) {
                stolenNs += gapNs;
            }
            gapMaxNs = Math.max(gapMaxNs, gapNs);
            last = now;
        }
        return new NoiseFloor(last - start, stolenNs, gapMaxNs);
    }

    /** Both observations as one. */
    NoiseFloor plus(final NoiseFloor other) {
        return new NoiseFloor(
                watchedNs + other.watchedNs, stolenNs + other.stolenNs, Math.max(gapMaxNs, other.gapMaxNs));
    }

    /** The stolen share, 0 to 1. */
    double share() {
        return watchedNs == 0 ? 0 : (double) stolenNs / watchedNs;
    }
}
