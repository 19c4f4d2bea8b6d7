package io.signalbox.kernel.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private static final Comparator<Timer> ORDER =
            Comparator.comparingLong(Timer::deadlineNs).thenComparingLong(Timer::id);

    record Timer(long id, long deadlineNs) {}

    enum Kind {
        SCHEDULE,
        CANCEL,
        POLL
    }

    record Step(Kind kind, long id, long timeNs) {}

    /** The plain truth: a sorted set, and the deadline of each id. */
    private static final class Model {
        final TreeSet<Timer> timers = new TreeSet<>(ORDER);
        final Map<Long, Long> deadlines = new HashMap<>();

        void schedule(final long id, final long deadlineNs) {
            cancel(id);
            timers.add(new Timer(id, deadlineNs));
            deadlines.put(id, deadlineNs);
        }

        boolean cancel(final long id) {
            final Long deadlineNs = deadlines.remove(id);
            return deadlineNs != null && timers.remove(new Timer(id, deadlineNs));
        }

        long pollDue(final long nowNs) {
            if (timers.isEmpty() || timers.first().deadlineNs() > nowNs) {
                return DeadlineQueue.NOTHING;
            }
            final long id = timers.first().id();
            cancel(id);
            return id;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        final Arbitrary<Long> ids = Arbitraries.oneOf(
                Arbitraries.longs().between(-20, 100), Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE + 1));
        final Arbitrary<Long> times = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 50), Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, -1L));
        final Arbitrary<Kind> kinds = Arbitraries.of(Kind.SCHEDULE, Kind.SCHEDULE, Kind.CANCEL, Kind.POLL);
        return Combinators.combine(kinds, ids, times).as(Step::new).list().ofMaxSize(400);
    }

    @Property(tries = 500)
    void shouldBehaveAsASortedSet(@ForAll("steps") final List<Step> steps) {
        final DeadlineQueue queue = new DeadlineQueue();
        final Model model = new Model();
        for (final Step step : steps) {
            switch (step.kind()) {
                case SCHEDULE -> {
                    queue.schedule(step.id(), step.timeNs());
                    model.schedule(step.id(), step.timeNs());
                }
                case CANCEL -> assertThat(queue.cancel(step.id())).isEqualTo(model.cancel(step.id()));
                case POLL -> assertThat(queue.pollDue(step.timeNs())).isEqualTo(model.pollDue(step.timeNs()));
            }
            assertThat(queue.size()).isEqualTo(model.timers.size());
            if (!model.timers.isEmpty()) {
                assertThat(queue.nextDeadlineNs())
                        .isEqualTo(model.timers.first().deadlineNs());
                assertThat(queue.nextId()).isEqualTo(model.timers.first().id());
            }
        }
        assertThat(ordered(queue)).isEqualTo(List.copyOf(model.timers));
    }

    @Test
    void shouldFireAHundredThousandTimersInOrder() {
        final int count = 100_000;
        final DeadlineQueue queue = new DeadlineQueue();
        final Model model = new Model();
        final Random random = new Random(42);
        for (int id = 0; id < count; id++) {
            final long deadlineNs = random.nextInt(count / 4);
            queue.schedule(id, deadlineNs);
            model.schedule(id, deadlineNs);
        }
        for (int i = 0; i < count / 2; i++) {
            final long id = random.nextInt(count);
            if (random.nextBoolean()) {
                final long deadlineNs = random.nextInt(count / 4);
                queue.schedule(id, deadlineNs);
                model.schedule(id, deadlineNs);
            } else {
                assertThat(queue.cancel(id)).isEqualTo(model.cancel(id));
            }
        }
        assertThat(ordered(queue)).isEqualTo(List.copyOf(model.timers));
        final int left = model.timers.size();
        for (int i = 0; i < left; i++) {
            final long dueNs = queue.nextDeadlineNs();
            assertThat(queue.pollDue(dueNs - 1)).isEqualTo(DeadlineQueue.NOTHING);
            assertThat(queue.pollDue(dueNs)).isEqualTo(model.pollDue(dueNs));
        }
        assertThat(queue.size()).isZero();
    }

    @Test
    void shouldAnswerNothingWhenEmpty() {
        final DeadlineQueue queue = new DeadlineQueue();

        assertThat(queue.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(queue.nextId()).isEqualTo(Long.MIN_VALUE);
        assertThat(queue.pollDue(Long.MAX_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(queue.cancel(1)).isFalse();
        assertThat(queue.cancel(DeadlineQueue.NOTHING)).isFalse();
        assertThat(ordered(queue)).isEmpty();
    }

    @Test
    void shouldRefuseTheIdThatStandsForNothing() {
        assertThatThrownBy(() -> new DeadlineQueue().schedule(DeadlineQueue.NOTHING, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Long.MIN_VALUE");
    }

    private static List<Timer> ordered(final DeadlineQueue queue) {
        final List<Timer> timers = new ArrayList<>();
        queue.forEachOrdered((id, deadlineNs) -> timers.add(new Timer(id, deadlineNs)));
        return timers;
    }
}
