package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.SenderValidation;
import io.signalbox.kernel.signal.SignalSchema;
import io.signalbox.kernel.signal.TypedSignal.AgentProgress;
import io.signalbox.kernel.signal.TypedSignal.InterAgentMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is so of the signals of several threads, and of those before a restart. */
class SignalOrderTest {
    private static final int SENDERS = 4;
    private static final int EACH = 500;

    private static InterAgentMessage message(final String text) {
        return new InterAgentMessage("note", text, false, 0, null);
    }

    @Test
    @Conforms("GAP-SIG-8")
    void shouldPutTheSignalsOfAllSendersIntoOneOrder() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(KernelConfig.standard())) {
            final CoordinationSignals signals = kernel.coordination("build").signals();
            final List<Thread> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                final String name = "agent-" + sender;
                senders.add(new Thread(() -> {
                    for (int i = 0; i < EACH; i++) {
                        signals.send(message(Integer.toString(i)), Sending.by(name));
                    }
                }));
            }
            senders.forEach(Thread::start);
            for (final Thread sender : senders) {
                sender.join(TimeUnit.MINUTES.toMillis(1));
            }

            final List<PastSignal> newestFirst = signals.history(HistoryFilter.all());
            assertThat(newestFirst).hasSize(SENDERS * EACH);
            final Map<String, Integer> next = new HashMap<>();
            long factId = Long.MAX_VALUE;
            for (final PastSignal signal : newestFirst) {
                assertThat(signal.factId()).isLessThan(factId);
                factId = signal.factId();
                final int number = Integer.parseInt(
                        InterAgentMessage.from(signal.payload()).message());
                assertThat(number).isEqualTo(next.getOrDefault(signal.sender(), EACH) - 1);
                next.put(signal.sender(), number);
            }
            assertThat(next.values()).hasSize(SENDERS).containsOnly(0);
            assertThat(signals.metrics().totalSent()).isEqualTo(SENDERS * EACH);
        }
    }

    @Test
    @Conforms("FUTURE-1")
    void shouldRememberEverythingInAJournal() {
        final MemoryJournal journal = new MemoryJournal();
        final SignalSchema schema = SignalSchema.of().text("plan", true, 1, 100);
        final List<PastSignal> before;
        final long asked;
        try (Kernel kernel = Kernel.launch(KernelConfig.standard(), journal)) {
            final CoordinationSignals signals = kernel.coordination("build").signals();
            kernel.signalKinds().declare("plan_ready", schema);
            signals.expectProgress("model-gen", Duration.ofHours(1));
            signals.send(new AgentProgress("model-gen", 0.25, "a quarter"), Sending.by("model-gen"));
            signals.send(
                    "plan_ready",
                    Payload.of().text("plan", "build it"),
                    Sending.by("ann").to("ben", "cho").priority(8).correlation("run-7"));
            asked = signals.request(message("who?"), Sending.by("ann"), Duration.ofHours(1))
                    .position();
            signals.validateSenders(SenderValidation.REFUSE);
            before = signals.history(HistoryFilter.all());
        }
        try (Kernel kernel = Kernel.launch(KernelConfig.standard(), journal.reopened())) {
            final CoordinationSignals signals = kernel.coordination("build").signals();
            assertThat(signals.history(HistoryFilter.all())).isEqualTo(before).hasSize(3);
            assertThat(signals.metrics().totalSent()).isEqualTo(3);
            assertThat(signals.metrics().of("plan_ready").sent()).isEqualTo(1);
            assertThat(signals.progress("model-gen").progress()).isEqualTo(0.25);
            assertThat(signals.progress("model-gen").interval()).isEqualTo(Duration.ofHours(1));
            assertThat(kernel.signalKinds().schema("plan_ready")).isEqualTo(schema);
            assertThat(signals.send(message("x"), Sending.by("stranger")).rejection())
                    .isEqualTo(Rejection.UNKNOWN_SENDER);
            assertThat(signals.respond(asked, message("I"), Sending.bySystem()).isAccepted())
                    .as("the request still waits")
                    .isTrue();
        }
    }
}
