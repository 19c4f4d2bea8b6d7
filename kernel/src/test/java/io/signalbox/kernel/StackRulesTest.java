package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.machine.MachineLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller without stack enough for a turn is refused before it has claimed anything. */
@Timeout(180)
class StackRulesTest {
    private static final int JOURNAL_FRAMES = 40;

    @ParameterizedTest
    @CsvSource({
        "-Xint,0",
        "-XX:TieredStopAtLevel=1,20000",
        "-Xcomp,0",
        "-XX:+TieredCompilation,0",
        "-XX:+TieredCompilation,100000"
    })
    void shouldStayOpenWhenCallersRunOutOfStack(final String compiler, final int warmUps)
            throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        compiler,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Overflow.class.getName(),
                        Integer.toString(warmUps))
                .redirectErrorStream(true)
                .start();
        try {
            final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).contains("refused").contains("consistent");
            assertThat(child.exitValue()).as(said).isZero();
        } finally {
            child.destroy();
        }
    }

    @Test
    void shouldRefuseEveryWayToTurnWithoutStackAndGoOnWithIt() throws InterruptedException {
        Overflow.overflow(2, 512 << 10, 0);
    }

    /** What the child JVM runs. */
    static final class Overflow {
        private static final int DEPTH_MAX = 100_000; // never reached
        private static final byte[] PAYLOAD = new byte[100];

        private Overflow() {}

        public static void main(final String[] arguments) throws InterruptedException {
            overflow(5, 256 << 10, Integer.parseInt(arguments[0]));
        }

        static void overflow(final int rounds, final long stackSize, final int warmUps) throws InterruptedException {
            final RecordingJournal journal = new RecordingJournal();
            journal.beforeAppend = position -> descend(JOURNAL_FRAMES);
            final KernelConfig config =
                    KernelConfig.standard().withLimits(MachineLimits.small()).withSpinnersMax(2);
            final AtomicLong refused = new AtomicLong();
            try (Kernel kernel = Kernel.launch(config, journal)) {
                kernel.nameId("tick");
                final Ingress warm = kernel.newIngress();
                for (int i = 0; i < warmUps; i++) {
                    warm.raise(0, 1, 0, 0, 0, 0, Double.NaN, PAYLOAD);
                }
                final long never = kernel.global().awaitsCompletion("never").handle();
                final Thread publisher = new Thread(() -> {
                    final Ingress ingress = kernel.newIngress();
                    while (!Thread.currentThread().isInterrupted()) {
                        ingress.offer(0, 1, 0, 0, PAYLOAD, 0, PAYLOAD.length);
                        LockSupport.parkNanos(50_000);
                    }
                });
                publisher.setDaemon(true);
                publisher.start();
                for (int round = 0; round < rounds; round++) {
                    final Thread thread = new Thread(
                            null,
                            () -> {
                                final Ingress ingress = kernel.newIngress();
                                try {
                                    recurse(kernel, ingress, never, refused, 0);
                                } catch (final StackOverflowError e) {
                                    refused.incrementAndGet();
                                }
                            },
                            "deep",
                            stackSize);
                    thread.start();
                    thread.join(60_000);
                    if (kernel.haltCause() != null) {
                        throw new AssertionError("halted in round " + round, kernel.haltCause());
                    }
                    final Ingress ingress = kernel.newIngress();
                    if (ingress.raise(0, 1, 0, 0, 0, 0, Double.NaN, PAYLOAD) != 0) {
                        throw new AssertionError("inconsistent after round " + round);
                    }
                }
                publisher.interrupt();
                publisher.join();
                Crew.until("all is applied", () -> kernel.applied() == kernel.sequencesTaken());
                if (refused.get() == 0) {
                    throw new AssertionError("nobody was refused");
                }
                System.out.println("refused " + refused + " times");
                if (journal.replayedDigest(config.limits()) == kernel.stateDigest()) {
                    System.out.println("consistent");
                }
            }
        }

        private static int descend(final int frames) {
            return frames == 0 ? 0 : 1 + descend(frames - 1);
        }

        private static int recurse(
                final Kernel kernel,
                final Ingress ingress,
                final long never,
                final AtomicLong refused,
                final int depth) {
            try {
                if (ingress.raise(0, 1, 0, 0, 0, 0, Double.NaN, PAYLOAD) == Ingress.NO_STACK) {
                    refused.incrementAndGet();
                }
                if (depth % 8 == 0) {
                    ingress.await(never, 10_000);
                }
                if (depth % 16 == 0 && kernel.position() < 0) {
                    throw new AssertionError("no position");
                }
            } catch (final IllegalStateException e) {
                refused.incrementAndGet();
            }
            return depth == DEPTH_MAX ? depth : recurse(kernel, ingress, never, refused, depth + 1);
        }
    }
}
