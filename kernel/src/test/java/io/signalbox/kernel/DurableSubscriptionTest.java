package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Declared subscriptions through the front door. */
@Timeout(60)
class DurableSubscriptionTest {
    private static final DurableTerms NOTES = DurableTerms.standard().withTypes("note");

    private static KernelConfig config() {
        return KernelConfig.standard().withLimits(MachineLimits.small());
    }

    @Test
    @Conforms({"GAP-SIG-9", "FUTURE-5"})
    void shouldGiveASignalUntilItIsAcknowledged() {
        final ManualClock clock = new ManualClock(1_000_000_000L);
        final KernelConfig config = config().withClock(clock).withThreading(Threading.INVOKER);
        try (Kernel kernel = Kernel.launch(config)) {
            final Coordination session = kernel.coordination("session-1");
            final DurableSubscription audit = session.durable("audit", NOTES.withRedelivery(Duration.ofSeconds(5), 2));
            assertThat(audit.name()).isEqualTo("audit");
            assertThat(audit.take(1, TimeUnit.MILLISECONDS)).isNull();
            session.raise("note", "ann", "one");
            session.raise("other", "ann", "no");
            final Delivery first = audit.take(1, TimeUnit.SECONDS);
            assertThat(first.payload()).isEqualTo("one");
            assertThat(first.attempt()).isEqualTo(1);
            assertThat(audit.poll(10)).isEmpty();
            clock.moveTo(7_000_000_000L);
            kernel.pulse();
            final Delivery again = audit.take(1, TimeUnit.SECONDS);
            assertThat(again.factId()).isEqualTo(first.factId());
            assertThat(again.attempt()).isEqualTo(2);
            assertThat(audit.acknowledge(again).isAccepted()).isTrue();
            assertThat(audit.acknowledge(again).isAccepted()).isFalse();
            assertThat(audit.status()).isEqualTo(new SubscriptionStatus(0, 0, 1, 1, 0, 0, -1, -1));
        }
    }

    @Test
    void shouldKeepWhatIsOutstandingAcrossALifeOfTheKernel() {
        final MemoryJournal journal = new MemoryJournal();
        try (Kernel kernel = Kernel.launch(config(), journal)) {
            final Coordination session = kernel.coordination("session-1");
            final DurableSubscription audit = session.durable("audit", NOTES);
            session.raise("note", "ann", "1");
            session.raise("note", "ann", "2");
            session.raise("note", "ann", "3");
            audit.acknowledge(audit.poll(1).get(0));
        }
        try (Kernel kernel = Kernel.launch(config(), journal.reopened())) {
            final Coordination session = kernel.coordination("session-1");
            final DurableSubscription audit = session.durable("audit", NOTES);
            assertThat(audit.status().ready()).isEqualTo(2);
            final List<Delivery> taken = audit.poll(10);
            assertThat(taken).extracting(Delivery::payload).containsExactly("2", "3");
            assertThat(taken).extracting(Delivery::sender).containsOnly("ann");
            taken.forEach(audit::acknowledge);
            assertThat(audit.status().acknowledged()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Threading.class,
            names = {"CALLER", "SHARED"})
    void shouldWakeWhoWaitsForARaiseForARedeliveryAndForTheEnd(final Threading threading) throws InterruptedException {
        final Kernel kernel = Kernel.launch(config().withThreading(threading));
        final Coordination session = kernel.coordination("session-1");
        final DurableSubscription audit =
                session.durable("audit", NOTES.withRedelivery(Duration.ofMillis(20), 1_000_000));
        final AtomicReference<Delivery> first = new AtomicReference<>();
        final AtomicReference<Delivery> second = new AtomicReference<>();
        final Crew crew = new Crew().go();
        final Thread reader = crew.add("reader", () -> {
            first.set(audit.take(1, TimeUnit.DAYS));
            second.set(audit.take(1, TimeUnit.DAYS));
            audit.acknowledge(second.get());
            assertThatThrownBy(() -> audit.take(1, TimeUnit.DAYS))
                    .isInstanceOfSatisfying(
                            CommandRefusedException.class,
                            refused -> assertThat(refused.rejection()).isEqualTo(Rejection.UNKNOWN_SUBSCRIPTION));
        });
        Crew.untilParked(reader);
        session.raise("note", "ann", "one");
        Crew.until("it was given again and acknowledged", () -> audit.status().acknowledged() == 1);
        assertThat(second.get().factId()).isEqualTo(first.get().factId());
        assertThat(second.get().attempt()).isGreaterThan(1);
        Crew.untilParked(reader);
        assertThat(audit.unsubscribe().isAccepted()).isTrue();
        crew.join();
        assertThat(audit.status()).isNull();
        kernel.close();
        assertThat(audit.take(1, TimeUnit.DAYS)).isNull();
    }

    @Test
    void shouldGiveEachSignalToOneOfManyWhoTake() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final DurableSubscription work = session.durable("work", NOTES.withOutstandingMax(1_000, true));
            final Set<Long> done = ConcurrentHashMap.newKeySet();
            final Crew crew = new Crew().go();
            for (int worker = 0; worker < 3; worker++) {
                crew.add("worker " + worker, () -> {
                    while (done.size() < 500) {
                        final Delivery delivery = work.take(1, TimeUnit.MILLISECONDS);
                        if (delivery != null) {
                            assertThat(done.add(delivery.factId())).isTrue();
                            assertThat(work.acknowledge(delivery).isAccepted()).isTrue();
                        }
                    }
                });
            }
            for (int i = 0; i < 500; i++) {
                session.raise("note", "ann", Integer.toString(i));
            }
            crew.join();
            assertThat(work.status()).isEqualTo(new SubscriptionStatus(0, 0, 500, 0, 0, 0, -1, -1));
        }
    }

    @Test
    void shouldNameWhatItRefuses() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            session.durable("strict", NOTES.withOutstandingMax(1, true));
            final DurableSubscription loose = session.durable(
                    "loose", DurableTerms.standard().withSenders("ann").withOutstandingMax(1, false));
            assertThat(session.raise("note", "ann", "1").isAccepted()).isTrue();
            final Receipt refused = session.raise("note", "ann", "2");
            assertThat(refused.rejection()).isEqualTo(Rejection.OUTSTANDING_FULL);
            final long missed = session.raise("task", "ann", "3").position() << 16;
            assertThat(loose.status()).isEqualTo(new SubscriptionStatus(1, 0, 0, 0, 0, 1, missed, -1));
            assertThatThrownBy(() -> session.durable("strict", NOTES)).hasMessageContaining("other terms");
            assertThatThrownBy(() -> session.durable("never", NOTES.withRedelivery(Duration.ZERO, 1)))
                    .isInstanceOf(CommandRefusedException.class);
            assertThatThrownBy(() -> loose.poll(0)).isInstanceOf(CommandRefusedException.class);
            session.durable("mine", DurableTerms.standard().withRecipient("ann"));
        }
    }
}
