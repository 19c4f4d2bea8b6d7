package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.state.MergeRule;
import io.signalbox.kernel.state.StateSnapshot;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at one state, and what a call costs. */
@Timeout(120)
class StateThreadsTest {
    private static final StateKey<Long> COUNTER = StateKey.number("counter");
    private static final int KEYS = 100;
    private static final int CALLS = 10_000;

    private final Kernel kernel = Kernel.launch(KernelConfig.standard().withLimits(MachineLimits.small()));
    private final State state = kernel.coordination("session").state();

    @AfterEach
    void close() {
        kernel.close();
    }

    private static List<StateKey<Long>> keys(final int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> StateKey.number("key" + i))
                .toList();
    }

    @Test
    @Conforms({"T-STATE-38", "GAP-STATE-8", "DIFF-9", "REQ-5"})
    void shouldLoseNoIncrement() throws InterruptedException {
        final AtomicLong started = new AtomicLong();
        state.declareMerge("sum", MergeRule.SUM);
        final Crew crew = new Crew();
        for (int t = 0; t < 10; t++) {
            crew.add("incrementing " + t, () -> {
                started.incrementAndGet();
                for (int i = 0; i < 100; i++) {
                    state.compute(COUNTER, old -> old == null ? 1 : old + 1).orThrow();
                    state.merge(StateKey.number("sum"), 1L).orThrow();
                }
            });
        }
        crew.join();
        assertThat(started.get()).isEqualTo(10);
        assertThat(state.get(COUNTER)).isEqualTo(1000);
        assertThat(state.get(StateKey.number("sum"))).isEqualTo(1000);
        assertThat(state.version()).isEqualTo(2000);
    }

    @Test
    @Conforms({"T-STATE-39", "T-STATE-40"})
    void shouldGiveWholeSnapshotsWhileOthersWrite() throws InterruptedException {
        final List<StateKey<Long>> keys = keys(KEYS);
        final StateUpdate first = state.update();
        for (final StateKey<Long> key : keys) {
            first.set(key, 0L);
        }
        first.apply().orThrow();
        final Crew crew = new Crew();
        for (int t = 0; t < 5; t++) {
            crew.add("reader " + t, () -> {
                for (int i = 0; i < 200; i++) {
                    final StateSnapshot snapshot = state.snapshot();
                    assertThat(snapshot.size()).isEqualTo(KEYS);
                    assertThat(state.get(snapshot, keys.get(0))).isEqualTo(state.get(snapshot, keys.get(KEYS - 1)));
                    assertThat(state.get(keys.get(i % KEYS))).isNotNull();
                }
            });
        }
        for (int t = 0; t < 2; t++) {
            crew.add("writer " + t, () -> {
                for (long i = 0; i < 50; i++) {
                    state.update()
                            .set(keys.get(0), i)
                            .set(keys.get(KEYS - 1), i)
                            .apply()
                            .orThrow();
                    state.set(keys.get(1 + (int) i % (KEYS - 2)), i).orThrow();
                }
            });
        }
        crew.join();
        assertThat(state.version()).isEqualTo(201);
    }

    @Test
    @Conforms("FUTURE-10")
    void shouldReadWhileSomebodyElseHoldsTheMachine() throws InterruptedException {
        state.set(COUNTER, 1L).orThrow();
        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch read = new CountDownLatch(1);
        final Crew crew = new Crew();
        crew.add("holder", () -> {
            final boolean wasRead = kernel.query(() -> {
                held.countDown();
                return read.await(30, TimeUnit.SECONDS);
            });
            assertThat(wasRead).isTrue();
        });
        crew.go();
        held.await();
        assertThat(state.get(COUNTER)).isEqualTo(1);
        assertThat(state.snapshot().version()).isEqualTo(1);
        read.countDown();
        crew.join();
    }

    @Test
    @Conforms({"T-STATE-41", "T-STATE-42", "T-STATE-43", "T-STATE-44"})
    void shouldCostLessThanTheOldPromises() {
        final List<StateKey<Long>> keys = keys(1000);
        final StateUpdate all = state.update();
        for (final StateKey<Long> key : keys) {
            all.set(key, 1L);
        }
        all.apply().orThrow();
        assertThat(meanNs(() -> {
                    for (int i = 0; i < CALLS; i++) {
                        assertThat(state.get(keys.get(i % KEYS)) == 1).isTrue();
                    }
                }))
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(meanNs(() -> {
                    for (int i = 0; i < CALLS; i++) {
                        state.set(keys.get(i % KEYS), 2L);
                    }
                }))
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(2));
        final long snapshotNs = System.nanoTime();
        assertThat(state.snapshot().size()).isEqualTo(1000);
        assertThat(System.nanoTime() - snapshotNs).isLessThan(TimeUnit.MILLISECONDS.toNanos(5));
        final StateUpdate hundred = state.update();
        for (int i = 0; i < KEYS; i++) {
            hundred.set(keys.get(i), 3L);
        }
        final long updateNs = System.nanoTime();
        hundred.apply().orThrow();
        assertThat(System.nanoTime() - updateNs).isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
    }

    private static long meanNs(final Runnable calls) {
        final long startNs = System.nanoTime();
        calls.run();
        return (System.nanoTime() - startNs) / CALLS;
    }
}
