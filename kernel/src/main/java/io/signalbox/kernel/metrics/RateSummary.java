package io.signalbox.kernel.metrics;

/**
 * What a rate was since launch, in percent. Percentiles are right within one percent of their value, or a hundredth of a percent.
 *
 * @param name of the rate.
 * @param count how often it was recorded; with 0 everything else is 0.
 * @param last value that was recorded.
 * @param mean the arithmetic mean; of hits and misses, the share of hits.
 * @param p50 half were no higher.
 * @param p99 99 in a hundred were no higher.
 */
public record RateSummary(String name, long count, double last, double mean, double p50, double p99) {}
