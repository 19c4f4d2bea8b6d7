package io.signalbox.kernel.workflow;

/**
 * How often and after which pause a failed step is tried again.
 *
 * @param retriesMax attempts after the first, 0 to 1,000.
 * @param backoffNs pause before the second attempt, 0 for none.
 * @param factor what each further pause is multiplied with, 1 to 100.
 * @param backoffMaxNs upper bound of a pause.
 * @param jitter 0 to 1: the share of the pause that is taken at random, by hash of run, its start, step and attempt.
 */
public record RetryPolicy(int retriesMax, long backoffNs, double factor, long backoffMaxNs, double jitter) {
    /** No second attempt. */
    public static final RetryPolicy NONE = new RetryPolicy(0, 0, 1, Long.MAX_VALUE, 0);

    public RetryPolicy {
        require(retriesMax >= 0 && retriesMax <= 1000, "retriesMax must be in 0..1000: " + retriesMax);
        require(backoffNs >= 0, "backoffNs must not be negative: " + backoffNs);
        require(factor >= 1 && factor <= 100, "factor must be in 1..100: " + factor);
        require(backoffMaxNs >= 0, "backoffMaxNs must not be negative: " + backoffMaxNs);
        require(jitter >= 0 && jitter <= 1, "jitter must be in 0..1: " + jitter);
    }

    /**
     * The pause before the next attempt, in nanoseconds. Pure: the same seed gives the same pause on every machine.
     *
     * @param failures how often the step has failed, from 1.
     * @param seed hash of run, its start, step and attempt.
     */
    public long pauseNs(final int failures, final long seed) {
        double pause = backoffNs;
        for (int i = 1; i < failures && pause < backoffMaxNs; i++) {
            pause *= factor;
        }
        pause = pause < backoffMaxNs ? pause : backoffMaxNs;
        final double chance = (mix(seed) >>> 11) * 0x1.0p-53;
        return (long) (pause * (1 - jitter * chance));
    }

    /** SplitMix64's finaliser (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014). */
    private static long mix(final long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
