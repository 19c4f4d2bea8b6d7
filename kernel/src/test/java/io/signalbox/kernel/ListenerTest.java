package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.Subscription.Gap;
import io.signalbox.kernel.Subscription.Item;
import io.signalbox.kernel.Subscription.Signal;
import io.signalbox.kernel.machine.MachineLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners: on their own executor, in order, each for itself. */
@Timeout(60)
class ListenerTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private static KernelConfig config() {
        return KernelConfig.standard().withLimits(MachineLimits.small().withTailCapacity(16));
    }

    private static void raise(final Coordination coordination, final int from, final int to) {
        for (int i = from; i < to; i++) {
            coordination.raise("tick", "clock", Integer.toString(i));
        }
    }

    private static List<String> numbers(final int to) {
        return IntStream.range(0, to).mapToObj(Integer::toString).toList();
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldHandOverEverythingInOrderByOneThreadAtATime(final Threading threading) {
        final List<String> heard = new CopyOnWriteArrayList<>();
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger together = new AtomicInteger();
        try (Kernel kernel = Kernel.launch(config().withThreading(threading), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            final Listening listening = kernel.readers()
                    .listen(SignalFilter.everything().types("tick"), Start.latest(), executor, item -> {
                        together.addAndGet(inside.incrementAndGet() - 1);
                        heard.add(((Signal) item).payload());
                        inside.decrementAndGet();
                    });
            raise(session, 0, 2_000);
            Crew.until("all were heard", () -> heard.size() == 2_000);
            assertThat(heard).isEqualTo(numbers(2_000));
            assertThat(together.get()).isZero();
            assertThat(listening.failures()).isZero();
            assertThat(listening.missed()).isZero();
            Crew.until("they were counted", () -> listening.received() == 2_000);
        }
    }

    /** An executor that waits inside takes the wake-ups that come meanwhile; none may be lost by that. */
    @Test
    void shouldHearWhatIsRaisedWhileAnExecutorWaits() {
        final List<String> heard = new CopyOnWriteArrayList<>();
        final WaitingExecutor waits = new WaitingExecutor(executor);
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            kernel.readers()
                    .listen(
                            SignalFilter.everything(),
                            Start.latest(),
                            executor,
                            item -> heard.add(((Signal) item).payload()));
            kernel.readers().listen(SignalFilter.everything(), Start.latest(), waits, item -> {});
            int raised = raiseUntilItWaits(session, waits);
            raise(session, raised, ++raised);
            Crew.untilParked(waits.waiting.get());
            waits.go.countDown();
            final int all = raised;
            Crew.until("what was raised meanwhile is heard", () -> heard.size() == all);
            Crew.untilParked(waits.waiting.get());
            raise(session, all, all + 1);
            Crew.until("the dispatcher still stands", () -> heard.size() == all + 1);
            assertThat(heard).isEqualTo(numbers(all + 1));
        } finally {
            waits.go.countDown();
        }
    }

    @Test
    void shouldCloseThoughAnExecutorNeverReturns() {
        final WaitingExecutor waits = new WaitingExecutor(executor);
        final Kernel kernel = Kernel.launch(config().withListenersPatience(Duration.ofMillis(50)), new MemoryJournal());
        try {
            final Coordination session = kernel.coordination("session-1");
            kernel.readers().listen(SignalFilter.everything(), Start.latest(), waits, item -> {});
            raiseUntilItWaits(session, waits);
            assertThat(kernel.readers().hasGivenUp()).isFalse();
            kernel.close();
            assertThat(waits.waiting.get().isAlive()).isTrue();
            assertThat(kernel.readers().hasGivenUp()).isTrue();
            assertThat(kernel.isOpen()).isFalse();
        } finally {
            waits.go.countDown();
        }
        Crew.until(
                "the dispatcher ends as soon as it is let",
                () -> !waits.waiting.get().isAlive());
    }

    /** The listener's task may still run at first, and takes what is raised then along: the executor is not asked. */
    private static int raiseUntilItWaits(final Coordination session, final WaitingExecutor waits) {
        final AtomicInteger raised = new AtomicInteger();
        waits.isArmed = true;
        Crew.until("the dispatcher waits with the executor", () -> {
            raise(session, raised.get(), raised.incrementAndGet());
            return waits.waiting.get() != null;
        });
        return raised.get();
    }

    /** Lets the dispatcher wait, as soon as it is armed; whoever else hands it a task goes through. */
    private static final class WaitingExecutor implements Executor {
        final AtomicReference<Thread> waiting = new AtomicReference<>();
        final CountDownLatch go = new CountDownLatch(1);
        private final Executor executor;
        private volatile boolean isArmed;

        WaitingExecutor(final Executor executor) {
            this.executor = executor;
        }

        @Override
        public void execute(final Runnable task) {
            if (isArmed && Thread.currentThread().getName().endsWith("-listeners")) {
                waiting.set(Thread.currentThread());
                awaitUninterrupted(go);
            }
            executor.execute(task);
        }
    }

    @Test
    void shouldNameAndCountWhatAListenerThrowsAndGoOnWithEverybody() {
        final List<String> heard = new CopyOnWriteArrayList<>();
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Coordination session = kernel.coordination("session-1");
            final Listening bad = kernel.readers().listen(SignalFilter.everything(), Start.latest(), executor, item -> {
                final int number = Integer.parseInt(((Signal) item).payload());
                if (number % 2 == 0) {
                    throw new IllegalStateException("no even ones: " + number);
                }
            });
            kernel.readers()
                    .listen(
                            SignalFilter.everything(),
                            Start.latest(),
                            executor,
                            item -> heard.add(((Signal) item).payload()));
            raise(session, 0, 101);
            Crew.until("both have heard all", () -> bad.received() == 101 && heard.size() == 101);
            Crew.until("the last failure is told", () -> bad.failures() == 51);
            assertThat(bad.lastFailure().cause()).hasMessage("no even ones: 100");
            assertThat(((Signal) bad.lastFailure().item()).payload()).isEqualTo("100");
            assertThat(bad.isClosed()).isFalse();
        }
    }

    @Test
    void shouldTellAListenerThatWasTooSlowWhatItMissed() throws InterruptedException {
        final CountDownLatch go = new CountDownLatch(1);
        final List<Item> heard = new CopyOnWriteArrayList<>();
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Listening slow = kernel.readers()
                    .listen(SignalFilter.everything(), Start.latest(), executor, item -> {
                        heard.add(item);
                        try {
                            go.await();
                        } catch (final InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
            raise(session, 0, 1);
            Crew.until("it is at its first", () -> heard.size() == 1);
            raise(session, 1, 101);
            go.countDown();
            Crew.until("it has heard the last", () -> slow.received() + slow.missed() == 101);
            Crew.until("it was told", () -> heard.size() == slow.received() + 1);
            assertThat(heard.get(1)).isInstanceOf(Gap.class);
            assertThat(((Gap) heard.get(1)).from()).isEqualTo(1);
            assertThat(((Signal) heard.get(2)).sequence()).isEqualTo(((Gap) heard.get(1)).to() + 1);
        }
    }

    @Test
    void shouldEndAListenerWhoseExecutorTakesNoMore() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Listening listening = kernel.readers()
                    .listen(
                            SignalFilter.everything(),
                            Start.latest(),
                            task -> {
                                throw new RejectedExecutionException("full");
                            },
                            item -> {
                                throw new AssertionError("nobody runs this");
                            });
            Crew.until("it is closed", listening::isClosed);
            assertThat(listening.lastFailure().cause()).hasMessage("full");
            assertThat(listening.lastFailure().item()).isNull();
            raise(kernel.coordination("session-1"), 0, 3);
        }
    }

    @Test
    void shouldHearNothingAfterItsClose() {
        final List<String> heard = new CopyOnWriteArrayList<>();
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Listening[] self = new Listening[1];
            final CountDownLatch known = new CountDownLatch(1);
            self[0] = kernel.readers().listen(SignalFilter.everything(), Start.latest(), executor, item -> {
                awaitUninterrupted(known);
                heard.add(((Signal) item).payload());
                self[0].close();
            });
            known.countDown();
            raise(session, 0, 10);
            Crew.until("it closed itself", self[0]::isClosed);
            self[0].close();
            raise(session, 10, 20);
            assertThat(heard).containsExactly("0");
        }
    }

    private static void awaitUninterrupted(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException("nobody interrupts here", e);
        }
    }

    @Test
    void shouldStillHandOverWhatWasRaisedBeforeTheKernelClosed() {
        final List<String> heard = new CopyOnWriteArrayList<>();
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            kernel.readers()
                    .listen(
                            SignalFilter.everything(),
                            Start.latest(),
                            executor,
                            item -> heard.add(((Signal) item).payload()));
            raise(kernel.coordination("session-1"), 0, 1_000);
        }
        Crew.until("all were heard", () -> heard.size() == 1_000);
        assertThat(heard).isEqualTo(numbers(1_000));
    }
}
