package io.signalbox.kernel.metrics;

/**
 * How long an operation took, over everything recorded since launch. Percentiles, maximum and mean are right within one percent; the
 * counts are exact once nobody is recording.
 *
 * @param name of the operation.
 * @param count of measurements; with 0 everything else is 0.
 * @param p50Ns half took no longer.
 * @param p90Ns nine in ten took no longer.
 * @param p99Ns 99 in a hundred took no longer.
 * @param p999Ns 999 in a thousand took no longer.
 * @param maxNs the longest.
 * @param meanNs the arithmetic mean.
 * @param bound how long it is expected to take at most.
 * @param overExpected how many took longer than {@link Bound#expectedNs}.
 * @param overOwn how many took longer than {@link Bound#ownNs}.
 * @param beyondRange how many took longer than a hundred days and are counted as a hundred days.
 */
public record TimingSummary(
        String name,
        long count,
        long p50Ns,
        long p90Ns,
        long p99Ns,
        long p999Ns,
        long maxNs,
        long meanNs,
        Bound bound,
        long overExpected,
        long overOwn,
        long beyondRange) {}
