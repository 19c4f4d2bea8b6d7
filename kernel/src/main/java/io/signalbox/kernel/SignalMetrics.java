package io.signalbox.kernel;

import java.util.Map;

/**
 * What has become of the signals of one coordination. Sent counts are the machine's and survive with its journal; the others tell what
 * readers of this process got since launch.
 *
 * @param totalSent signals raised since the coordination was opened.
 * @param totalReceived deliveries to readers; a signal with three readers counts three times.
 * @param totalAcknowledged deliveries that were acknowledged.
 * @param doubted signals of unknown senders, where these are only warned of.
 * @param averagePropagationMs from the signal's kernel time to its delivery; 0 before the first.
 * @param maxPropagationMs likewise.
 * @param byType likewise for each type, in the order of their first signal.
 */
public record SignalMetrics(
        long totalSent,
        long totalReceived,
        long totalAcknowledged,
        long doubted,
        double averagePropagationMs,
        double maxPropagationMs,
        Map<String, OfType> byType) {
    /** Of one type of signal. */
    public record OfType(
            long sent, long received, long acknowledged, double averagePropagationMs, double maxPropagationMs) {}

    /** Of a type of which nothing is known. */
    public static final OfType NONE = new OfType(0, 0, 0, 0, 0);

    /** How a type stands. */
    public OfType of(final String type) {
        return byType.getOrDefault(type, NONE);
    }
}
