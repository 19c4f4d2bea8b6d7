package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.Subscription.Item;
import io.signalbox.kernel.Subscription.Signal;
import io.signalbox.kernel.machine.MachineLimits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The publisher under the rules of Reactive Streams; the numbers in the names of the tests are theirs. */
@Timeout(60)
class FlowTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(3);

    /** Says what it was told; wants what it is told to want. */
    private static class Probe implements Flow.Subscriber<String> {
        final List<String> values = new CopyOnWriteArrayList<>();
        final List<Object> ends = new CopyOnWriteArrayList<>();
        final AtomicInteger inside = new AtomicInteger();
        final AtomicBoolean overlapped = new AtomicBoolean();
        volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(final Flow.Subscription subscription) {
            enter();
            assertThat(this.subscription).isNull();
            this.subscription = subscription;
            inside.decrementAndGet();
        }

        @Override
        public void onNext(final String value) {
            enter();
            values.add(value);
            inside.decrementAndGet();
        }

        @Override
        public void onError(final Throwable cause) {
            ends.add(cause);
        }

        @Override
        public void onComplete() {
            ends.add("complete");
        }

        private void enter() {
            if (inside.incrementAndGet() > 1) {
                overlapped.set(true);
            }
        }

        Probe subscribed() {
            Crew.until("it is subscribed", () -> subscription != null);
            return this;
        }

        void untilValues(final int count) {
            Crew.until(count + " values came", () -> values.size() >= count);
        }
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private static KernelConfig config() {
        return KernelConfig.standard().withLimits(MachineLimits.small().withTailCapacity(16));
    }

    private Flow.Publisher<String> publisher(final Kernel kernel) {
        return kernel.readers().publisher(SignalFilter.everything(), Start.latest(), executor, FlowTest::payload);
    }

    private static String payload(final Item item) {
        return item instanceof Signal signal ? signal.payload() : item.toString();
    }

    private static void raise(final Kernel kernel, final int from, final int to) {
        final Coordination session = kernel.coordination("session-1");
        for (int i = from; i < to; i++) {
            session.raise("tick", "clock", Integer.toString(i));
        }
    }

    private static List<String> numbers(final int to) {
        return IntStream.range(0, to).mapToObj(Integer::toString).toList();
    }

    private Probe subscribe(final Flow.Publisher<String> publisher) {
        final Probe probe = new Probe();
        publisher.subscribe(probe);
        return probe.subscribed();
    }

    /** Whatever the publisher's tasks still had to do has been done when this returns. */
    private void settle(final Kernel kernel) {
        final Probe later = subscribe(publisher(kernel));
        later.subscription.request(1);
        raise(kernel, 900, 901);
        later.untilValues(1);
    }

    @Test
    void shouldGiveNoMoreThanWasRequested_1_1() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Probe probe = subscribe(publisher(kernel));
            raise(kernel, 0, 100);
            probe.subscription.request(3);
            probe.untilValues(3);
            settle(kernel);
            assertThat(probe.values).containsExactly("0", "1", "2");
            probe.subscription.request(1);
            probe.subscription.request(2);
            probe.untilValues(6);
            settle(kernel);
            assertThat(probe.values).isEqualTo(numbers(6));
            assertThat(probe.ends).isEmpty();
        }
    }

    @Test
    void shouldTellOneAfterTheOther_1_3() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Probe probe = subscribe(publisher(kernel));
            probe.subscription.request(Long.MAX_VALUE);
            raise(kernel, 0, 3_000);
            probe.untilValues(3_000);
            assertThat(probe.values).isEqualTo(numbers(3_000));
            assertThat(probe.overlapped.get()).isFalse();
        }
    }

    @Test
    void shouldRefuseNobody_1_9() {
        try (Kernel kernel = Kernel.launch(config())) {
            assertThatThrownBy(() -> publisher(kernel).subscribe(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void shouldGiveEachSubscriberEverything_1_11() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Flow.Publisher<String> publisher = publisher(kernel);
            final Probe first = subscribe(publisher);
            final Probe second = subscribe(publisher);
            first.subscription.request(Long.MAX_VALUE);
            second.subscription.request(Long.MAX_VALUE);
            raise(kernel, 0, 50);
            first.untilValues(50);
            second.untilValues(50);
            assertThat(first.values).isEqualTo(second.values).isEqualTo(numbers(50));
        }
    }

    @Test
    void shouldNotRecurseWhenRequestedFromWithinOnNext_3_3() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final AtomicInteger depth = new AtomicInteger();
            final AtomicInteger deepest = new AtomicInteger();
            final Probe probe = new Probe() {
                @Override
                public void onNext(final String value) {
                    deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
                    subscription.request(1);
                    super.onNext(value);
                    depth.decrementAndGet();
                }
            };
            publisher(kernel).subscribe(probe);
            probe.subscribed().subscription.request(1);
            raise(kernel, 0, 2_000);
            probe.untilValues(2_000);
            assertThat(deepest.get()).isEqualTo(1);
        }
    }

    @Test
    void shouldGiveNothingAfterACancelWhichMayComeTwice_3_5_to_3_7() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Probe probe = new Probe() {
                @Override
                public void onNext(final String value) {
                    super.onNext(value);
                    subscription.cancel();
                    subscription.cancel();
                }
            };
            publisher(kernel).subscribe(probe);
            probe.subscribed().subscription.request(Long.MAX_VALUE);
            raise(kernel, 0, 100);
            probe.untilValues(1);
            probe.subscription.request(5);
            settle(kernel);
            assertThat(probe.values).containsExactly("0");
            assertThat(probe.ends).isEmpty();
        }
    }

    @Test
    void shouldEndASubscriberThatRequestsNothingOrLess_3_9() {
        try (Kernel kernel = Kernel.launch(config())) {
            for (final long wrong : new long[] {0, -1, Long.MIN_VALUE}) {
                final Probe probe = subscribe(publisher(kernel));
                probe.subscription.request(wrong);
                Crew.until("it ended", () -> !probe.ends.isEmpty());
                assertThat(probe.ends.get(0))
                        .isInstanceOfSatisfying(
                                IllegalArgumentException.class,
                                cause -> assertThat(cause).hasMessageContaining("3.9"));
                raise(kernel, 0, 3);
                settle(kernel);
                assertThat(probe.values).isEmpty();
                assertThat(probe.ends).hasSize(1);
            }
        }
    }

    @Test
    void shouldTakeRequestsThatAddUpToMoreThanALong_3_17() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Probe probe = subscribe(publisher(kernel));
            probe.subscription.request(Long.MAX_VALUE);
            probe.subscription.request(Long.MAX_VALUE);
            raise(kernel, 0, 10);
            probe.untilValues(10);
            assertThat(probe.ends).isEmpty();
        }
    }

    @Test
    void shouldTakeASubscriberThatThrowsForCancelled_2_13() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final AtomicInteger calls = new AtomicInteger();
            final List<Throwable> reported = new CopyOnWriteArrayList<>();
            final Probe probe = new Probe() {
                @Override
                public void onNext(final String value) {
                    calls.incrementAndGet();
                    Thread.currentThread().setUncaughtExceptionHandler((thread, cause) -> reported.add(cause));
                    throw new IllegalStateException("a subscriber that does not hold to 2.13");
                }
            };
            publisher(kernel).subscribe(probe);
            probe.subscribed().subscription.request(Long.MAX_VALUE);
            raise(kernel, 0, 20);
            Crew.until("it was reported", () -> !reported.isEmpty());
            settle(kernel);
            assertThat(calls.get()).isEqualTo(1);
            assertThat(probe.ends).isEmpty();
        }
    }

    @Test
    void shouldCompleteWhenTheKernelHasClosedAndAllWasTold_1_5() {
        final Probe probe;
        final Probe idle;
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            probe = subscribe(publisher(kernel));
            raise(kernel, 0, 200);
            idle = subscribe(publisher(kernel));
        }
        Crew.until("who has nothing to read is done, without a request", () -> !idle.ends.isEmpty());
        assertThat(idle.ends).containsExactly("complete");
        assertThat(probe.ends).isEmpty();
        probe.subscription.request(150);
        probe.untilValues(150);
        probe.subscription.request(50);
        Crew.until("it is complete", () -> !probe.ends.isEmpty());
        assertThat(probe.values).isEqualTo(numbers(200));
        assertThat(probe.ends).containsExactly("complete");
    }

    @Test
    void shouldEndWithAnErrorWhenTheKernelHalts_1_4() {
        final RecordingJournal journal = new RecordingJournal();
        try (Kernel kernel = Kernel.launch(config(), journal)) {
            final Probe probe = subscribe(publisher(kernel));
            probe.subscription.request(Long.MAX_VALUE);
            raise(kernel, 0, 2);
            journal.beforeAppend = position -> {
                throw new IllegalStateException("the disk is gone");
            };
            assertThatThrownBy(() -> raise(kernel, 2, 3)).isInstanceOf(KernelHaltedException.class);
            Crew.until("it ended", () -> !probe.ends.isEmpty());
            assertThat(probe.values).containsExactly("0", "1");
            assertThat(probe.ends.get(0)).isInstanceOf(KernelHaltedException.class);
        }
    }

    @Test
    void shouldEndWithWhatTheTransformationThrows() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Probe probe =
                    subscribe(kernel.readers().publisher(SignalFilter.everything(), Start.latest(), executor, item -> {
                        throw new IllegalStateException("cannot transform");
                    }));
            probe.subscription.request(1);
            raise(kernel, 0, 1);
            Crew.until("it ended", () -> !probe.ends.isEmpty());
            assertThat(probe.ends.get(0))
                    .isInstanceOfSatisfying(
                            IllegalStateException.class,
                            cause -> assertThat(cause).hasMessage("cannot transform"));
        }
    }

    @Test
    void shouldNotCountWhatTheTransformationLeavesOut() {
        try (Kernel kernel = Kernel.launch(config(), new MemoryJournal())) {
            final Probe probe = subscribe(kernel.readers()
                    .publisher(
                            SignalFilter.everything(),
                            Start.latest(),
                            executor,
                            item -> payload(item).endsWith("7") ? payload(item) : null));
            probe.subscription.request(2);
            raise(kernel, 0, 100);
            probe.untilValues(2);
            settle(kernel);
            assertThat(probe.values).containsExactly("7", "17");
        }
    }

    @Test
    void shouldEndASubscriberWhoseExecutorTakesNoMore() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Probe probe = new Probe();
            kernel.readers()
                    .publisher(
                            SignalFilter.everything(),
                            Start.latest(),
                            task -> {
                                throw new RejectedExecutionException("full");
                            },
                            FlowTest::payload)
                    .subscribe(probe);
            Crew.until("it ended", () -> !probe.ends.isEmpty());
            assertThat(probe.ends.get(0)).isInstanceOf(RejectedExecutionException.class);
        }
    }
}
