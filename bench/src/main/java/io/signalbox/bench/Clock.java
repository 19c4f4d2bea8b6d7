package io.signalbox.bench;

import java.util.Arrays;

/** What one pair of time stamps costs. */
final class Clock {
    private static final int SAMPLES = 20_000;

    private Clock() {}

    /** Nanoseconds between two {@code nanoTime} calls in a row, the median of {@value #SAMPLES}. */
    static long costNs() {
        final long[] costs = new long[SAMPLES];
        for (int turn = 0; turn < 5; turn++) {
            for (int i = 0; i < SAMPLES; i++) {
                final long start = System.nanoTime();
                costs[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(costs);
        return costs[SAMPLES / 2];
    }
}
