package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.ring.CommandRing;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.scenario.Recording;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.wait.Reply;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays a recording on a kernel: the same bytes at the same times through the ring. Commands that belong together are published
 * last one first, so that whoever turns finds them all at once. Where the kernel has a helper, the helper publishes the pulses
 * and is only woken; in INVOKER mode {@link Kernel#pulse} does.
 */
final class KernelPlayer {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_AGAIN_NS = 20_000;

    private final Kernel kernel;
    private final ManualClock clock;
    private final String threadName;

    KernelPlayer(final Kernel kernel, final ManualClock clock, final String threadName) {
        this.kernel = kernel;
        this.clock = clock;
        this.threadName = threadName;
    }

    void play(final Recording recording) {
        for (final Recording.Step step : recording.steps()) {
            clock.moveTo(step.timeNs());
            if (step.look() != null) {
                assertThat(kernel.query(() -> step.look().at(kernel.machine())))
                        .as("line %d", step.line())
                        .isEqualTo(step.seen());
            } else if (step.isPulse()) {
                pulse(step);
            } else {
                publish(step);
            }
            assertThat(kernel.applied())
                    .as("commands applied after line %d", step.line())
                    .isEqualTo(step.applied());
        }
    }

    private void pulse(final Recording.Step step) {
        if (kernel.config().threading() == Threading.INVOKER) {
            kernel.pulse();
            return;
        }
        final Thread helper = helper();
        final long giveUpNs = System.nanoTime() + PATIENCE_NS;
        while (kernel.applied() < step.applied() && System.nanoTime() < giveUpNs) {
            LockSupport.unpark(helper);
            LockSupport.parkNanos(this, LOOK_AGAIN_NS);
        }
    }

    private Thread helper() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(threadName))
                .findFirst()
                .orElseThrow();
    }

    private void publish(final Recording.Step step) {
        final Driver driver = kernel.driver();
        final int count = step.commands().size();
        final Reply[] replies = new Reply[count];
        final long[] sequences = new long[count];
        for (int i = 0; i < count; i++) {
            final byte[] command = step.commands().get(i);
            replies[i] = new Reply();
            sequences[i] = driver.claim(true);
            final SlotBuffer buffer = driver.ring()
                    .prepare(sequences[i], command.length, CommandRing.largeArray(command.length), replies[i]);
            buffer.putBytes(0, command);
        }
        for (int i = count - 1; i >= 0; i--) {
            driver.ring().publish(sequences[i]);
        }
        driver.onPublished();
        for (int i = 0; i < count; i++) {
            assertThat(driver.awaitReply(replies[i]))
                    .as("line %d is answered", step.line())
                    .isTrue();
            assertThat(replies[i].answer())
                    .as("answer %d of line %d", i, step.line())
                    .isEqualTo(step.answers()[i]);
            assertThat(replies[i].position()).isEqualTo(driver.position(sequences[i]));
        }
        final long giveUpNs = System.nanoTime() + PATIENCE_NS;
        while (kernel.applied() < step.applied() && System.nanoTime() < giveUpNs) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NS);
        }
    }
}
