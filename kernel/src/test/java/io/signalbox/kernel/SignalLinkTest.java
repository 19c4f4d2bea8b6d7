package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.SignalTransport;
import io.signalbox.kernel.signal.TypedSignal.AgentCompleted;
import io.signalbox.kernel.signal.TypedSignal.InterAgentMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A second kernel as the other side of a transport that loses answers and gives things twice. */
class SignalLinkTest {
    /** Two ends in one process. What is given waits until it is acknowledged. */
    private static final class Wire implements SignalTransport {
        private final String name;
        private final Deque<Message> inbound = new ArrayDeque<>();
        private final Deque<Message> unacknowledged = new ArrayDeque<>();
        private final List<String> missed = new ArrayList<>();
        private Wire other;
        private boolean isDown;
        private boolean losesAnswers;

        Wire(final String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void send(final Message message) throws TransportException {
            if (isDown) {
                throw new TransportException("down", null);
            }
            other.inbound.add(message);
            if (losesAnswers) {
                losesAnswers = false;
                throw new TransportException("the answer was lost", null);
            }
        }

        @Override
        public void missed(final long fromNumber, final long toNumber) {
            missed.add(fromNumber + ".." + toNumber);
        }

        @Override
        public Message receive(final long timeoutNs) {
            final Message message = inbound.poll();
            if (message != null) {
                unacknowledged.add(message);
            }
            return message;
        }

        @Override
        public void acknowledge(final Message message) {
            unacknowledged.remove(message);
        }

        @Override
        public void close() {
            inbound.clear();
        }
    }

    private final Wire here = new Wire("wire");
    private final Wire there = new Wire("wire");

    SignalLinkTest() {
        here.other = there;
        there.other = here;
    }

    private static AgentCompleted completed(final String agent) {
        return new AgentCompleted(agent, "done", 0.5, 1, List.of(), null);
    }

    @Test
    @Conforms("FUTURE-2")
    void shouldCarrySignalsToAnotherKernelAndResolveItsWaits() throws Exception {
        try (Kernel one = Kernel.launch(KernelConfig.standard().withName("one"));
                Kernel two = Kernel.launch(KernelConfig.standard().withName("two"))) {
            final SignalLink out =
                    one.link(here, message -> !message.signalType().equals("private"));
            final SignalLink in = two.link(there, message -> true);
            final Dependency wait = two.coordination("build").awaitsCompletion("model-gen");
            final Coordination build = one.coordination("build");

            build.signals().send(completed("model-gen"), Sending.by("model-gen"));
            build.raise("private", "model-gen", "not for others");
            build.signals()
                    .send(
                            new InterAgentMessage("request", "hi", false, 0, null),
                            Sending.by("model-gen").to("ann", "ben").priority(8));
            assertThat(out.sendOut(100)).isEqualTo(3);
            assertThat(out.sendOut(100)).isZero();
            assertThat(in.takeIn(100, 0)).isEqualTo(2);

            assertThat(wait.poll().isResolved()).isTrue();
            final List<PastSignal> arrived = two.coordination("build").signals().history(HistoryFilter.all());
            assertThat(arrived).hasSize(2);
            assertThat(arrived.get(0).recipients()).containsExactly("ann", "ben");
            assertThat(arrived.get(0).priority()).isEqualTo(8);
            assertThat(arrived.get(0).origin()).isEqualTo("wire");
            assertThat(AgentCompleted.from(arrived.get(1).payload())).isEqualTo(completed("model-gen"));
            assertThat(in.sendOut(100)).as("looked at, but not sent back").isEqualTo(2);
            assertThat(in.sent()).isZero();
            assertThat(out.sent()).isEqualTo(2);
        }
    }

    @Test
    void shouldRaiseOnceWhatIsSentTwice() throws Exception {
        try (Kernel one = Kernel.launch(KernelConfig.standard().withName("one"));
                Kernel two = Kernel.launch(KernelConfig.standard().withName("two"))) {
            final SignalLink out = one.link(here, message -> true);
            final SignalLink in = two.link(there, message -> true);
            one.coordination("build").signals().send(completed("a"), Sending.by("a"));

            here.isDown = true;
            assertThatThrownBy(() -> out.sendOut(10)).hasMessage("down");
            here.isDown = false;
            here.losesAnswers = true;
            assertThatThrownBy(() -> out.sendOut(10)).hasMessage("the answer was lost");
            assertThat(out.sendOut(10)).as("sent again").isEqualTo(1);

            assertThat(in.takeIn(10, 0)).isEqualTo(2);
            assertThat(two.coordination("build").signals().metrics().totalSent())
                    .isEqualTo(1);
            assertThat(in.taken()).isEqualTo(2);
            assertThat(in.refused()).isZero();
            assertThat(there.unacknowledged).isEmpty();
        }
    }

    @Test
    void shouldGoOnWhereItWasAfterAReopening() throws Exception {
        final MemoryJournal journal = new MemoryJournal();
        try (Kernel one = Kernel.launch(KernelConfig.standard().withName("one"), journal)) {
            one.coordination("build").signals().send(completed("a"), Sending.by("a"));
            one.coordination("build").signals().send(completed("b"), Sending.by("b"));
            assertThat(one.link(here, message -> true).sendOut(10)).isEqualTo(2);
            one.coordination("build").signals().send(completed("c"), Sending.by("c"));
        }
        there.inbound.clear();
        try (Kernel one = Kernel.launch(KernelConfig.standard().withName("one"), journal.reopened())) {
            assertThat(one.link(here, message -> true).sendOut(10)).isEqualTo(1);
            assertThat(there.inbound).singleElement().satisfies(message -> {
                assertThat(message.sender()).isEqualTo("c");
                assertThat(message.number()).isEqualTo(3);
            });
        }
    }

    @Test
    void shouldTellTheTransportWhatItMissed() throws Exception {
        try (Kernel one = Kernel.launch(KernelConfig.standard().withLimits(MachineLimits.small()))) {
            final SignalLink out = one.link(here, message -> true);
            final Coordination build = one.coordination("build");
            for (int i = 0; i < 1500; i++) {
                build.raise("tick", "clock", "");
            }
            out.sendOut(10_000);
            assertThat(here.missed).containsExactly("1..477");
            assertThat(out.missed() + out.sent()).isEqualTo(1500);
        }
    }

    @Test
    void shouldRefuseInboundWhatTheKernelRefuses() throws Exception {
        try (Kernel two = Kernel.launch(KernelConfig.standard())) {
            final SignalLink in = two.link(there, message -> true);
            there.inbound.add(new SignalTransport.Message(
                    "one", 1, "", "agent_progress", "a", "", List.of(), 0, 5, 1.5, new byte[0]));
            there.inbound.add(new SignalTransport.Message(
                    "one", 2, "x".repeat(5000), "t", "a", "", List.of(), 0, 5, 0, new byte[0]));
            assertThat(in.takeIn(10, 0)).isEqualTo(2);
            assertThat(in.refused()).isEqualTo(2);
            assertThat(there.unacknowledged).isEmpty();
        }
    }
}
