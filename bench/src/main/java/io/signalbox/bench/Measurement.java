package io.signalbox.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one fork found. All times in nanoseconds, per round trip or per hop as the row says.
 *
 * @param subject what was measured
 * @param p50 median of the turns timed one by one; {@code p99}, {@code p999}, {@code max}, {@code mean} likewise
 * @param meanUntimed mean over all turns of the phase without time stamps inside: the figure without the clock's cost
 * @param clockCost what the pair of stamps around one timed turn costs
 * @param oneWayP50 median from before the send to after the receipt, 0 where not measured
 * @param turns how many turns were timed
 * @param turnsChecked how many turns were verified, all phases together
 * @param extraSpinners threads that spin beside those that take part
 * @param threads what kind of threads took part
 * @param histogram the timed turns, compressed, Base64
 */
record Measurement(
        String subject,
        double p50,
        double p99,
        double p999,
        double max,
        double mean,
        double meanUntimed,
        double clockCost,
        double oneWayP50,
        double oneWayP99,
        long turns,
        long turnsChecked,
        int extraSpinners,
        String threads,
        String histogram) {

    private static final long VALUE_MAX_NS = 60_000_000_000L;

    /** Values up to one minute, three digits. */
    static Histogram newHistogram() {
        return new Histogram(VALUE_MAX_NS, 3);
    }

    /** Record {@code valueNs}; what is longer than a minute counts as a minute. */
    static void record(final Histogram histogram, final long valueNs) {
        histogram.recordValue(Math.min(Math.max(0, valueNs), VALUE_MAX_NS));
    }

    static String encode(final Histogram histogram) {
        final ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    Histogram decoded() {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
        } catch (final DataFormatException e) {
            throw new IllegalStateException("the fork of " + subject + " sent a histogram that cannot be read", e);
        }
    }
}
