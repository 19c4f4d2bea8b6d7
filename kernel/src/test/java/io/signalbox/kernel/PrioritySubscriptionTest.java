package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.PrioritySubscription.Lanes;
import io.signalbox.kernel.PrioritySubscription.Resume;
import io.signalbox.kernel.Subscription.Gap;
import io.signalbox.kernel.Subscription.Item;
import io.signalbox.kernel.Subscription.Signal;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.signal.TypedSignal.AgentWarning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Important signals first, inside bounds. */
@Timeout(60)
class PrioritySubscriptionTest {
    private static final SignalFilter ALL = SignalFilter.everything();
    private static final Lanes BY_TYPE =
            new Lanes(3, signal -> signal.type().charAt(signal.type().length() - 1) - '0', 1_000_000);

    private static KernelConfig config() {
        return KernelConfig.standard().withLimits(MachineLimits.small().withTailCapacity(4096));
    }

    private static void raise(final Coordination session, final int lane, final String... payloads) {
        for (final String payload : payloads) {
            session.raise("lane-" + lane, "ann", payload);
        }
    }

    private static List<String> drain(final PrioritySubscription signals, final int max) {
        final List<String> payloads = new ArrayList<>();
        Item item = null;
        while (payloads.size() < max && (item = signals.poll()) != null) {
            payloads.add(((Signal) item).payload());
        }
        return payloads;
    }

    @Test
    @Conforms("FUTURE-4")
    void shouldHaveALaneForEachPriorityOfASignal() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final PrioritySubscription signals =
                    kernel.readers().byPriority(ALL, Lanes.byPriority(1_000), Start.latest());
            final Subscription urgent = session.subscribe(ALL.recipient("ben").priorityAtLeast(7), Start.latest());
            for (final int priority : new int[] {5, 0, 9, 7, 9}) {
                final Sending how = Sending.by("ann").to("ben", "cho").priority(priority);
                session.signals().send(new AgentWarning("ann", "p" + priority), how);
            }
            final List<Integer> priorities = new ArrayList<>();
            for (Item item = signals.poll(); item != null; item = signals.poll()) {
                priorities.add(((Signal) item).priority());
            }
            assertThat(priorities).containsExactly(9, 9, 7, 5, 0);
            assertThat(((Signal) urgent.poll()).payload()).contains("p9");
            assertThat(((Signal) urgent.poll()).payload()).contains("p7");
            assertThat(((Signal) urgent.poll()).priority()).isEqualTo(9);
            assertThat(urgent.poll()).isNull();
            assertThatThrownBy(() -> ALL.priorityAtLeast(10)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldAnswerByLaneAndInOrderInsideALane() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final PrioritySubscription signals = kernel.readers().byPriority(ALL, BY_TYPE, Start.latest());
            raise(session, 2, "c1", "c2");
            raise(session, 0, "a1");
            raise(session, 1, "b1");
            raise(session, 0, "a2");
            raise(session, 9, "beyond the last lane");
            assertThat(drain(signals, 3)).containsExactly("a1", "a2", "b1");
            raise(session, 0, "a3");
            assertThat(drain(signals, 9)).containsExactly("a3", "c1", "c2", "beyond the last lane");
        }
    }

    @Test
    void shouldGiveEveryLaneItsShare() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final PrioritySubscription signals =
                    kernel.readers().byPriority(ALL, new Lanes(2, BY_TYPE.laneOf(), 4), Start.latest());
            raise(session, 1, "low1", "low2");
            for (int i = 0; i < 10; i++) {
                raise(session, 0, "high" + i);
            }
            assertThat(drain(signals, 9))
                    .containsExactly("high0", "high1", "high2", "low1", "high3", "high4", "high5", "low2", "high6");
        }
    }

    @Test
    void shouldReadNoFurtherAheadThanItsWindow() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final PrioritySubscription signals = kernel.readers().byPriority(ALL, BY_TYPE, Start.latest());
            raise(session, 2, "oldest");
            for (int i = 0; i < 1_500; i++) {
                raise(session, 0, "high" + i);
            }
            final List<String> answers = drain(signals, 1_024);
            assertThat(answers.subList(0, 1_023)).allMatch(answer -> answer.startsWith("high"));
            assertThat(answers.get(1_023))
                    .as("the window is full of what was handed out")
                    .isEqualTo("oldest");
            assertThat(drain(signals, 2_000)).hasSize(1_500 - 1_023);
        }
    }

    @Test
    void shouldGoOnInAnotherLifeWithWhatItHadNotHandedOut() {
        final MemoryJournal journal = new MemoryJournal();
        final Resume resume;
        try (Kernel kernel = Kernel.launch(config(), journal)) {
            final Coordination session = kernel.coordination("session-1");
            final PrioritySubscription signals = kernel.readers().byPriority(ALL, BY_TYPE, Start.latest());
            assertThat(signals.resume()).isEqualTo(new Resume(0, List.of()));
            raise(session, 0, "a0");
            raise(session, 2, "c1");
            raise(session, 0, "a2");
            raise(session, 1, "b3");
            raise(session, 0, "a4");
            assertThat(drain(signals, 3)).containsExactly("a0", "a2", "a4");
            resume = signals.resume();
            assertThat(resume).isEqualTo(new Resume(1, List.of(2L, 4L)));
            signals.close();
            assertThat(signals.subscription().isClosed()).isTrue();
        }
        try (Kernel kernel = Kernel.launch(config(), journal.reopened())) {
            final PrioritySubscription signals = kernel.readers().byPriority(ALL, BY_TYPE, resume);
            assertThat(signals.resume()).as("nothing read yet").isEqualTo(resume);
            raise(kernel.coordination("session-1"), 0, "a5");
            assertThat(drain(signals, 9)).containsExactly("a5", "b3", "c1");
            assertThat(signals.resume()).isEqualTo(new Resume(6, List.of()));
        }
    }

    @Test
    void shouldHandOutEachSignalOnceWhereverItStopsAndGoesOn() {
        final Random random = new Random(7);
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Lanes lanes = new Lanes(3, BY_TYPE.laneOf(), 5);
            PrioritySubscription signals = kernel.readers().byPriority(ALL, lanes, Start.latest());
            final Set<Long> seen = new HashSet<>();
            int raised = 0;
            for (int round = 0; round < 200; round++) {
                for (int i = random.nextInt(8); i > 0; i--) {
                    raise(session, random.nextInt(3), Integer.toString(raised++));
                }
                for (int i = random.nextInt(6); i > 0; i--) {
                    final Item item = signals.poll();
                    if (item != null) {
                        assertThat(seen.add(((Signal) item).sequence())).isTrue();
                    }
                }
                if (random.nextInt(4) == 0) {
                    signals = kernel.readers().byPriority(ALL, lanes, signals.resume());
                }
            }
            for (Item item = signals.poll(); item != null; item = signals.poll()) {
                assertThat(seen.add(((Signal) item).sequence())).isTrue();
            }
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, raised).boxed().toList());
        }
    }

    @Test
    void shouldAnswerAGapAtOnceAndWaitForTheNext() throws InterruptedException {
        try (Kernel kernel =
                Kernel.launch(config().withLimits(MachineLimits.small().withTailCapacity(16)))) {
            final Coordination session = kernel.coordination("session-1");
            final PrioritySubscription signals = kernel.readers().byPriority(ALL, BY_TYPE, Start.latest());
            for (int i = 0; i < 40; i++) {
                raise(session, 1, "b" + i);
            }
            assertThat(signals.poll()).isInstanceOf(Gap.class);
            drain(signals, 100);
            assertThat(signals.take(1, TimeUnit.MILLISECONDS)).isNull();
            final Crew crew = new Crew().go();
            final Thread reader = crew.add(
                    "reader",
                    () -> assertThat(((Signal) signals.take(1, TimeUnit.DAYS)).payload())
                            .isEqualTo("at last"));
            Crew.untilParked(reader);
            raise(session, 1, "at last");
            crew.join();
        }
    }

    @Test
    void shouldKeepASignalAtWhichTheLaneFunctionThrows() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final PrioritySubscription signals = kernel.readers()
                    .byPriority(ALL, new Lanes(2, signal -> Integer.parseInt(signal.payload()), 8), Start.latest());
            raise(session, 0, "1", "what?", "0");
            assertThatThrownBy(signals::poll).isInstanceOf(NumberFormatException.class);
            assertThat(drain(signals, 9)).containsExactly("0", "1", "what?");
        }
    }

    @Test
    void shouldRefuseLanesThatMakeNoSense() {
        assertThatThrownBy(() -> new Lanes(0, signal -> 0, 8)).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> new Lanes(65, signal -> 0, 8)).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> new Lanes(2, signal -> 0, 1)).hasMessageContaining("share");
    }
}
