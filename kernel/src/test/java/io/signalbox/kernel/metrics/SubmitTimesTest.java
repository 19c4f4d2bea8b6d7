package io.signalbox.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SubmitTimesTest {
    private final SubmitTimes times = new SubmitTimes(4);

    @Test
    void shouldKnowNothingAtFirst() {
        for (long sequence = -5; sequence < 5; sequence++) {
            assertThat(times.get(sequence)).isEqualTo(SubmitTimes.UNKNOWN);
        }
    }

    @Test
    void shouldForgetWhoseCellHasANewOwner() {
        times.put(1, 100);
        times.put(2, 0);
        assertThat(times.get(1)).isEqualTo(100);
        assertThat(times.get(2)).isZero();
        times.put(5, 500);
        assertThat(times.get(1)).isEqualTo(SubmitTimes.UNKNOWN);
        assertThat(times.get(5)).isEqualTo(500);
        assertThat(times.get(9)).isEqualTo(SubmitTimes.UNKNOWN);
    }

    /** The time of a sequence is its tenfold, so a time that belongs to another one shows. */
    @Test
    @Timeout(60)
    void shouldNeverGiveTheTimeOfAnother() throws InterruptedException {
        final AtomicLong at = new AtomicLong();
        final AtomicLong wrong = new AtomicLong();
        final AtomicLong known = new AtomicLong();
        final Thread reader = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                final long sequence = at.get();
                final long time = times.get(sequence);
                if (time != SubmitTimes.UNKNOWN) {
                    known.incrementAndGet();
                    if (time != 10 * sequence) {
                        wrong.incrementAndGet();
                    }
                }
            }
        });
        reader.start();
        for (long sequence = 0; sequence < 2_000_000 || known.get() == 0; sequence++) {
            times.put(sequence, 10 * sequence);
            at.lazySet(sequence);
        }
        reader.interrupt();
        reader.join();
        assertThat(wrong.get()).isZero();
        assertThat(known.get()).isPositive();
    }
}
