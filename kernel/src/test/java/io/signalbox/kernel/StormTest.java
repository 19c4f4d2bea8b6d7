package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many threads do everything at once until the kernel closes under them: every call returns, and replay comes to the same state. */
@Timeout(120)
class StormTest {
    private static final int THREADS = 8;
    private static final long STORM_MAX_MS = 5_000;
    private static final byte[] NOTHING = new byte[0];

    @ParameterizedTest
    @CsvSource({
        "CALLER,JOURNALED,SPIN_THEN_PARK,8192",
        "CALLER,JOURNALED,PARK,16",
        "CALLER,SYNCED,SPIN_THEN_PARK,1024",
        "CALLER,JOURNALED,BUSY_SPIN,1024",
        "SHARED,JOURNALED,PARK,64",
        "SHARED,SYNCED,SPIN_THEN_PARK,1024",
        "DEDICATED,JOURNALED,BUSY_SPIN,1024",
        "INVOKER,JOURNALED,PARK,64",
        "INVOKER,SYNCED,SPIN_THEN_PARK,1024"
    })
    void shouldAnswerEveryCallAndReplayToTheSameState(
            final Threading threading, final Durability durability, final Spinning.Style waiting, final int ring)
            throws InterruptedException {
        final long seed = ThreadLocalRandom.current().nextLong();
        final String name = "storm-" + threading + '-' + Long.toHexString(seed);
        final RecordingJournal journal = new RecordingJournal();
        final Kernel kernel = Kernel.launch(
                KernelConfig.standard()
                        .withName(name)
                        .withThreading(threading)
                        .withDurability(durability)
                        .withWaiting(waiting)
                        .withRingCapacity(ring)
                        .withLimits(MachineLimits.small()),
                journal);
        final int definition = kernel.deploy(WorkflowDefinition.of(
                "w", List.of(StepDefinition.of("a"), StepDefinition.of("b", "a"), StepDefinition.of("c", "a"))));
        final AtomicLong calls = new AtomicLong();
        final Crew crew = new Crew();
        for (int t = 0; t < THREADS; t++) {
            final int number = t;
            crew.add(name + "-thread-" + t, () -> {
                final Random random = new Random(seed + number);
                try {
                    while (kernel.isOpen()) {
                        act(kernel, random, definition);
                        calls.incrementAndGet();
                    }
                } catch (final KernelHaltedException e) {
                    assertThat(kernel.isOpen()).isFalse();
                }
            });
        }
        crew.go();
        final long endNs = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(200 + new Random(seed).nextInt((int) STORM_MAX_MS / 5));
        while (System.nanoTime() - endNs < 0) {
            if (threading == Threading.INVOKER) {
                kernel.turn();
                kernel.tasks().take(1, TimeUnit.MILLISECONDS);
            } else {
                kernel.tasks().take(5, TimeUnit.MILLISECONDS);
            }
        }
        kernel.close();
        crew.join();
        assertThat(kernel.haltCause()).as("seed " + seed).isNull();
        assertThat(calls.get()).isPositive();
        assertThat(BatonRulesTest.threadsNamed(name)).isEmpty();
        final List<Long> positions = journal.commands().stream()
                .map(RecordingJournal.Entry::position)
                .toList();
        assertThat(positions)
                .isEqualTo(LongStream.range(0, positions.size()).boxed().toList());
        assertThat(kernel.applied()).isEqualTo(positions.size());
        assertThat(journal.replayedDigest(kernel.config().limits())).isEqualTo(kernel.stateDigest());
    }

    private static void act(final Kernel kernel, final Random random, final int definition) {
        final String agent = "agent-" + random.nextInt(4);
        try (Coordination coordination = random.nextInt(50) == 0
                ? kernel.coordination("passing-" + random.nextInt(3))
                : new Coordination(kernel, "", 0)) {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> coordination.complete(agent, "done");
                case 3 -> coordination.awaitsCompletion(agent).await(Duration.ofNanos(random.nextInt(1_000_000)));
                case 4 ->
                    coordination
                            .awaitsCompletion("nobody", Duration.ofNanos(1 + random.nextInt(2_000_000)))
                            .await(Duration.ofMillis(random.nextInt(3)));
                case 5 -> coordination.set("key-" + random.nextInt(4), random.nextInt());
                case 6 ->
                    coordination
                            .awaitsCompletion("nobody", Duration.ofMillis(50))
                            .cancel();
                case 7 -> assertThat(kernel.position()).isNotNegative();
                case 8 -> kernel.subscribe().take(random.nextInt(500), TimeUnit.MICROSECONDS);
                case 9 -> coordination.start(definition, NOTHING).await(Duration.ofMillis(1));
                case 10 -> work(kernel, random);
                default -> kernel.ingress().offer(0, 1, 0, 0, NOTHING, 0, 0);
            }
        } catch (final CommandRefusedException e) {
            assertThat(e.rejection()).isNotNull();
        }
    }

    private static void work(final Kernel kernel, final Random random) {
        for (int i = 0; i < 8; i++) {
            if (kernel.tasks().take(random.nextInt(300), TimeUnit.MICROSECONDS) instanceof Tasks.Task task) {
                kernel.tasks().start(task, NOTHING);
                kernel.tasks().finish(task, StepEnding.SUCCEEDED, 0, NOTHING, NOTHING);
            }
        }
    }
}
