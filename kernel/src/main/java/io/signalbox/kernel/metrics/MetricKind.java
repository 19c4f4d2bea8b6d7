package io.signalbox.kernel.metrics;

/** What a recorder records. */
public enum MetricKind {
    /** How long something took, in nanoseconds. */
    TIMING,
    /** How often something happened. */
    COUNTER,
    /** How much of something there is, in a unit of its own. */
    GAUGE,
    /** A share in percent, 0 to 100. */
    RATE
}
