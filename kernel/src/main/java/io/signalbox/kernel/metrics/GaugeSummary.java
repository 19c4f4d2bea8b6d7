package io.signalbox.kernel.metrics;

/**
 * What a gauge showed since launch. Percentiles are right within one percent, or a thousandth of the unit.
 *
 * @param name of the gauge.
 * @param unit of its values.
 * @param count how often it was set; with 0 everything else is 0.
 * @param last value that was set.
 * @param min the smallest.
 * @param max the largest.
 * @param mean the arithmetic mean.
 * @param p50 half were no larger.
 * @param p99 99 in a hundred were no larger.
 */
public record GaugeSummary(
        String name,
        String unit,
        long count,
        double last,
        double min,
        double max,
        double mean,
        double p50,
        double p99) {}
