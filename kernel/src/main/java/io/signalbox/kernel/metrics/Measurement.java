package io.signalbox.kernel.metrics;

/**
 * One thing that was recorded.
 *
 * @param id rising, from 1, unique in its feed.
 * @param name of the recorder.
 * @param kind of the recorder.
 * @param value nanoseconds, a count, a gauge's value, or percent.
 * @param unit {@code ns}, {@code count}, the gauge's own, or {@code %}.
 * @param tags what goes along with it.
 * @param timestampNs kernel time, in nanoseconds since 1970.
 */
public record Measurement(
        long id, String name, MetricKind kind, double value, String unit, Tags tags, long timestampNs) {}
