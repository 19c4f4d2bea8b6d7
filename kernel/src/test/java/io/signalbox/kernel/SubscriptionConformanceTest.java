package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.Subscription.Signal;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The catalogued cases of subscribing, through the front door. */
@Timeout(30)
class SubscriptionConformanceTest {
    private static KernelConfig config() {
        return KernelConfig.standard().withLimits(MachineLimits.small());
    }

    private static Signal take(final Subscription subscription) {
        return (Signal) subscription.take(2, TimeUnit.SECONDS);
    }

    @Test
    @Conforms("T-SIG-06")
    void shouldHoldToTwoTypesAndOneSender() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription signals = session.subscribe(
                    SignalFilter.everything()
                            .types("agent_initialized", Coordination.AGENT_COMPLETED)
                            .senders("model-gen"),
                    Start.latest());
            session.raise("agent_initialized", "model-gen", "1");
            session.raise("agent_initialized", "other", "2");
            session.raise("note", "model-gen", "3");
            session.complete("model-gen", "4");
            assertThat(take(signals).payload()).isEqualTo("1");
            assertThat(take(signals).payload()).isEqualTo("4");
            assertThat(signals.poll()).isNull();
        }
    }

    @Test
    @Conforms("T-SIG-19")
    void shouldGiveEverythingInTheOrderSent() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription all = session.subscribe(SignalFilter.everything(), Start.latest());
            final Crew crew = new Crew();
            crew.add("reader", () -> {
                assertThat(take(all).type()).isEqualTo("agent_initialized");
                assertThat(take(all).type()).isEqualTo(Coordination.AGENT_COMPLETED);
            });
            session.raise("agent_initialized", "model-gen", "");
            session.complete("model-gen", "");
            crew.join();
        }
    }

    @Test
    @Conforms("T-SIG-20")
    void shouldGiveExactlyTheTypeAskedFor() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription completed =
                    session.subscribe(SignalFilter.everything().types(Coordination.AGENT_COMPLETED), Start.latest());
            session.raise("agent_initialized", "model-gen", "");
            session.complete("model-gen", "");
            assertThat(take(completed).type()).isEqualTo(Coordination.AGENT_COMPLETED);
            assertThat(completed.poll()).isNull();
        }
    }

    @Test
    @Conforms("T-SIG-21")
    void shouldGiveAnAgentOnlyItsOwnMessages() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription mine =
                    session.subscribe(SignalFilter.everything().recipient("agent-1"), Start.latest());
            final int type = kernel.nameId("inter_agent_message");
            for (final String agent : new String[] {"agent-1", "agent-2"}) {
                final byte[] text = ("Hello " + agent).getBytes(StandardCharsets.UTF_8);
                kernel.newIngress()
                        .signals()
                        .raise(session.handle(), type, 0, 0, kernel.nameId(agent), 0, Double.NaN, text);
            }
            assertThat(take(mine).payload()).isEqualTo("Hello agent-1");
            assertThat(mine.poll()).isNull();
        }
    }

    @Test
    @Conforms("T-SIG-22")
    void shouldGiveABroadcastToEachOnce() {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription first =
                    session.subscribe(SignalFilter.everything().recipient("one"), Start.latest());
            final Subscription second =
                    session.subscribe(SignalFilter.everything().recipient("two"), Start.latest());
            session.raise("note", "ann", "to all");
            for (final Subscription each : new Subscription[] {first, second}) {
                assertThat(take(each).payload()).isEqualTo("to all");
                assertThat(each.poll()).isNull();
                assertThat(each.received()).isEqualTo(1);
            }
        }
    }

    @Test
    @Conforms("T-SIG-33")
    void shouldLetAChainOfAgentsCollectTheFirstCompletionEach() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config())) {
            final Coordination session = kernel.coordination("session-1");
            final SignalFilter completed = SignalFilter.everything().types(Coordination.AGENT_COMPLETED);
            final Subscription validator = session.subscribe(completed, Start.latest());
            final Subscription runner = session.subscribe(completed, Start.latest());
            final Crew crew = new Crew();
            crew.add("validator", () -> {
                assertThat(take(validator).sender()).isEqualTo("model-gen");
                session.complete("validator-gen", "");
            });
            crew.add("runner", () -> {
                assertThat(take(runner).sender()).isEqualTo("model-gen");
                assertThat(take(runner).sender()).isEqualTo("validator-gen");
            });
            session.complete("model-gen", "");
            crew.join();
        }
    }
}
