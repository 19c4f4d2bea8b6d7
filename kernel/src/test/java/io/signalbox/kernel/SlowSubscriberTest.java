package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.Subscription.Gap;
import io.signalbox.kernel.Subscription.Item;
import io.signalbox.kernel.Subscription.Signal;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A subscriber that does not come along: what it costs the others (nothing), what it costs in memory (nothing that grows), and what it
 * misses (nothing with a journal; without one exactly what it is told).
 */
@Timeout(120)
class SlowSubscriberTest {
    private static final int TAIL = 64;
    private static final int FOLLOWER_TAIL = 4096;

    private static KernelConfig config() {
        return KernelConfig.standard().withLimits(MachineLimits.small().withTailCapacity(TAIL));
    }

    private static void raise(final Coordination coordination, final int from, final int to) {
        for (int i = from; i < to; i++) {
            coordination.raise("tick", "clock", Integer.toString(i));
        }
    }

    private static void assertNext(final Subscription subscription, final long sequence) {
        final Signal signal = (Signal) subscription.poll();
        assertThat(signal.sequence()).isEqualTo(sequence);
        assertThat(signal.payload()).isEqualTo(Long.toString(sequence));
    }

    // ------------------------------------------------------------------ with a journal

    /** Each signal is one turn and at its quick reader at once, however far behind the slow one is. */
    @ParameterizedTest
    @EnumSource(Threading.class)
    @Conforms({"GAP-SIG-3", "REQ-2"})
    void shouldSlowNobodyAndMissNothingInAJournaledKernel(final Threading threading) {
        final int signals = 20_000;
        final MemoryJournal journal = new MemoryJournal();
        try (Kernel kernel = Kernel.launch(config().withThreading(threading), journal)) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription slow = session.subscribe(SignalFilter.everything(), Start.latest());
            final Subscription quick = session.subscribe(SignalFilter.everything(), Start.latest());
            session.raise("tick", "clock", "0"); // every name is known from here on
            assertNext(quick, 0);
            final long applied = kernel.applied();
            for (int i = 1; i < signals; i++) {
                session.raise("tick", "clock", Integer.toString(i));
                assertNext(quick, i);
            }
            assertThat(kernel.applied() - applied)
                    .as("a turn for each signal and no other")
                    .isEqualTo(signals - 1);
            assertThat(quick.fellBehind()).isZero();
            assertThat(kernel.machine().tail().capacity())
                    .as("what is kept for all readers together")
                    .isEqualTo(TAIL);
            assertThat(kernel.readers().followers().started())
                    .as("nobody works for a reader that does not read")
                    .isZero();

            for (int i = 0; i < signals; i++) {
                assertNext(slow, i);
            }
            assertThat(slow.poll()).isNull();
            assertThat(slow.received()).isEqualTo(signals);
            assertThat(slow.missed()).isZero();
            assertThat(slow.fellBehind()).isEqualTo(1);
            assertThat(kernel.readers().followers().started()).isEqualTo(1);
            assertThat(journal.readers()).isEqualTo(1);
        }
        assertThat(journal.readers()).isZero();
    }

    /** While it catches up more is raised than it reads; then it is left to itself. */
    @Test
    void shouldCatchUpWithAWriterThatIsFaster() {
        final int rounds = 3_000;
        final int signals = 4 * rounds;
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription slow = session.subscribe(SignalFilter.everything(), Start.latest());
            final Subscription quick = session.subscribe(SignalFilter.everything(), Start.latest());
            for (int round = 0; round < rounds; round++) {
                raise(session, 4 * round, 4 * round + 4);
                for (int i = 4 * round; i < 4 * round + 4; i++) {
                    assertNext(quick, i);
                }
                assertNext(slow, round);
            }
            assertThat(quick.fellBehind()).isZero();
            for (int i = rounds; i < signals; i++) {
                assertNext(slow, i);
            }
            assertThat(slow.poll()).isNull();
            assertThat(slow.missed()).isZero();
            assertThat(kernel.readers().followers().started()).isEqualTo(1);
            raise(session, signals, signals + TAIL);
            final long fellBehind = slow.fellBehind();
            for (int i = signals; i < signals + TAIL; i++) {
                assertNext(slow, i);
            }
            assertThat(slow.fellBehind()).as("the tail suffices again").isEqualTo(fellBehind);
        }
    }

    /** A reader that stands still inside its predicate, behind the tail, holds nothing that turns or readers need. */
    @Test
    void shouldNotBeHeldUpByAReaderThatStandsStillWhileItCatchesUp() throws InterruptedException {
        final int before = 10 * FOLLOWER_TAIL;
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription still = session.subscribe(
                    SignalFilter.everything().where(signal -> {
                        inside.countDown();
                        return awaited(go);
                    }),
                    Start.latest());
            final Subscription other = session.subscribe(SignalFilter.everything(), Start.latest());
            raise(session, 0, before);
            final Crew crew = new Crew().go();
            crew.add("still", () -> {
                for (int i = 0; i < before + TAIL; i++) {
                    assertNext(still, i);
                }
            });
            assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < before; i++) {
                assertNext(other, i);
            }
            final Dependency done = session.awaitsCompletion("ann");
            final long applied = kernel.applied();
            raise(session, before, before + TAIL);
            assertThat(kernel.applied() - applied).isEqualTo(TAIL);
            for (int i = before; i < before + TAIL; i++) {
                assertNext(other, i);
            }
            session.complete("ann", "");
            assertThat(done.await().isResolved()).isTrue();
            assertThat(still.received()).isZero();
            go.countDown();
            crew.join();
            assertThat(still.missed()).isZero();
        }
    }

    /** The same for a listener that stands still in its callback. */
    @Test
    void shouldNotBeHeldUpByAListenerThatStandsStill() throws InterruptedException {
        final int signals = 5_000;
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final List<Long> heard = new CopyOnWriteArrayList<>();
        final ExecutorService executor = Executors.newFixedThreadPool(2);
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            kernel.readers().listen(SignalFilter.everything(), Start.latest(), executor, item -> {
                inside.countDown();
                awaited(go);
                heard.add(((Signal) item).sequence());
            });
            final Subscription quick = session.subscribe(SignalFilter.everything(), Start.latest());
            for (int i = 0; i < signals; i++) {
                raise(session, i, i + 1);
                assertNext(quick, i);
            }
            assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(heard).isEmpty();
            go.countDown();
            Crew.until("it has heard all", () -> heard.size() == signals);
            for (int i = 0; i < signals; i++) {
                assertThat(heard.get(i)).isEqualTo(i);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** A durable subscription that nobody takes from has a bound as well. */
    @Test
    void shouldKeepNoMoreThanDeclaredForADurableSubscriberThatNeverComes() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            final DurableSubscription never =
                    session.durable("never", DurableTerms.standard().withOutstandingMax(10, false));
            raise(session, 0, 1_000);
            assertThat(never.status().ready()).isEqualTo(10);
            assertThat(never.status().missed()).isEqualTo(990);
            for (int i = 0; i < 10; i++) {
                final Delivery delivery = never.poll(1).get(0);
                assertThat(delivery.payload()).isEqualTo(Integer.toString(i));
                assertThat(never.acknowledge(delivery).isAccepted()).isTrue();
            }
        }
    }

    private static boolean awaited(final CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            throw new IllegalStateException("nobody interrupts here", e);
        }
    }

    // ------------------------------------------------------------------ without a journal

    @ParameterizedTest
    @ValueSource(ints = {TAIL, TAIL + 1, 2 * TAIL, 1_000, 100_000})
    void shouldTellTheExactGapInAMemoryKernel(final int raised) {
        final int read = 3;
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription slow = session.subscribe(SignalFilter.everything(), Start.latest());
            raise(session, 0, read);
            for (int i = 0; i < read; i++) {
                assertNext(slow, i);
            }
            raise(session, read, read + raised);
            final int end = read + raised;
            int next = read;
            if (raised > TAIL) {
                assertThat(slow.poll()).isEqualTo(new Gap(read, end - TAIL));
                next = end - TAIL + 1;
            }
            for (; next < end; next++) {
                assertNext(slow, next);
            }
            assertThat(slow.poll()).isNull();
            assertThat(slow.missed()).isEqualTo(raised > TAIL ? raised - TAIL + 1 : 0);
            assertThat(slow.received() + slow.missed()).isEqualTo(end);
        }
    }

    /** What a filter would have passed over is part of the gap: it is about the order, not about what was wanted. */
    @Test
    void shouldTellEachGapForItselfWhateverTheFilterWants() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Coordination other = kernel.coordination("session-2");
            final Subscription slow =
                    session.subscribe(SignalFilter.everything().types("tick"), Start.latest());
            raise(other, 0, 200);
            assertThat(slow.poll()).isEqualTo(new Gap(0, 200 - TAIL));
            assertThat(slow.poll()).isNull();
            raise(session, 200, 201);
            assertNext(slow, 200);
            raise(session, 201, 401);
            assertThat(slow.poll()).isEqualTo(new Gap(201, 401 - TAIL));
            for (int i = 401 - TAIL + 1; i < 401; i++) {
                assertNext(slow, i);
            }
            final Item none = slow.poll();
            assertThat(none).isNull();
            assertThat(slow.missed()).isEqualTo(200 - TAIL + 1 + 200 - TAIL + 1);
        }
    }

    /** A reader of the same kernel that comes along is told of no gap. */
    @Test
    void shouldTellNoGapToAReaderThatComesAlong() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription slow = session.subscribe(SignalFilter.everything(), Start.latest());
            final Subscription quick = session.subscribe(SignalFilter.everything(), Start.latest());
            for (int i = 0; i < 10_000; i++) {
                raise(session, i, i + 1);
                assertNext(quick, i);
            }
            assertThat(quick.missed()).isZero();
            assertThat(slow.poll()).isEqualTo(new Gap(0, 10_000 - TAIL));
        }
    }
}
