package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.machine.MachineLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In every mode each command takes a sequence of the ring, and each sequence is applied once. */
class SequencesTest {
    private static final int THREADS = 4;
    private static final int COMMANDS = 1500;
    private static final byte[] PAYLOAD = new byte[32];

    @ParameterizedTest
    @EnumSource(Threading.class)
    @Timeout(120)
    void shouldApplyEverySequenceOnce(final Threading threading) throws Exception {
        final KernelConfig config = KernelConfig.standard()
                .withThreading(threading)
                .withRingCapacity(256)
                .withLimits(MachineLimits.small());
        try (Kernel kernel = Kernel.launch(config)) {
            final Coordination coordination = kernel.coordination("sequences");
            final long handle = coordination.handle();
            final int type = kernel.nameId("tick");
            final int sender = kernel.nameId("ann");
            final long before = kernel.sequencesTaken();
            final AtomicLong published = new AtomicLong();
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                final boolean fires = i % 2 == 0;
                final Thread thread = new Thread(
                        () -> published.addAndGet(publish(kernel.newIngress(), handle, type, sender, fires)),
                        "publisher-" + i);
                thread.setUncaughtExceptionHandler((failed, e) -> failure.set(e));
                threads.add(thread);
                thread.start();
            }
            for (final Thread thread : threads) {
                while (thread.isAlive()) {
                    kernel.turn();
                    thread.join(1);
                }
            }
            final long giveUpNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (kernel.applied() < kernel.sequencesTaken() && System.nanoTime() < giveUpNs) {
                kernel.turn();
                LockSupport.parkNanos(100_000);
            }
            assertThat(failure.get()).isNull();
            assertThat(published.get()).isEqualTo((long) THREADS * COMMANDS);
            assertThat(kernel.sequencesTaken()).isEqualTo(before + published.get());
            assertThat(kernel.applied()).isEqualTo(kernel.sequencesTaken());
            assertThat(kernel.position() + 1).isEqualTo(kernel.sequencesTaken());
            assertThat(kernel.query(() -> kernel.machine().signals().raised((int) handle)))
                    .isEqualTo(published.get());
        }
    }

    private static long publish(
            final Ingress ingress, final long coordination, final int type, final int sender, final boolean fires) {
        long published = 0;
        while (published < COMMANDS) {
            final long answer = fires
                    ? ingress.offer(coordination, type, sender, 0, PAYLOAD, 0, PAYLOAD.length)
                    : ingress.raise(coordination, type, sender, 0, 0, 0, Double.NaN, PAYLOAD);
            if (answer >= 0) {
                published++;
            } else if (answer == Ingress.BACK_PRESSURED) {
                LockSupport.parkNanos(10_000);
            } else {
                throw new IllegalStateException("answered " + answer);
            }
        }
        return published;
    }
}
