package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.SignalExplanation.Verdict;
import io.signalbox.kernel.SignalFilter.Field;
import io.signalbox.kernel.Subscription.Signal;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.SignalLimits;
import io.signalbox.kernel.signal.TypedSignal.InterAgentMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What subscriptions say of a signal when somebody asks what became of it. */
class ExplainReaderTest {
    private static final long START_NS = 1_000_000_000_000L;
    private static final int TAIL = 16;
    private static final SignalFilter FOR_BEN = SignalFilter.everything().recipient("ben");

    private final ManualClock clock = new ManualClock(START_NS);
    private final Kernel kernel = Kernel.launch(KernelConfig.standard()
            .withClock(clock)
            .withThreading(Threading.INVOKER)
            .withLimits(MachineLimits.small().withTailCapacity(TAIL).withSignals(SignalLimits.standard())));
    private final Coordination session = kernel.coordination("session-1");

    @AfterEach
    void close() {
        kernel.close();
    }

    private long send(final String text, final Sending how) {
        return session.signals()
                .send(new InterAgentMessage("request", text, false, 0, Payload.of()), how)
                .position();
    }

    private void assertVerdict(final long position, final Verdict verdict, final String text) {
        final SignalExplanation explanation = kernel.explainSignal(position, "ben");
        assertThat(explanation.verdict()).isEqualTo(verdict);
        assertThat(explanation.text()).contains(text);
    }

    @Test
    void shouldSayWhenAReaderGotIt() {
        final long before = send("before", Sending.by("ann").to("ben"));
        final Subscription reader = session.subscribe(FOR_BEN, Start.latest());
        final long position = send("hi", Sending.by("ann").to("cho", "ben"));
        assertVerdict(before, Verdict.MISSED, "began behind it");
        assertVerdict(position, Verdict.NOT_READ_YET, "has not come to it yet");
        clock.moveTo(START_NS + TimeUnit.MILLISECONDS.toNanos(3));
        final Signal signal = (Signal) reader.poll();
        assertThat(signal.recipient()).isEqualTo("cho,ben");
        final SignalExplanation explanation = kernel.explainSignal(position, "ben");
        assertThat(explanation.verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(explanation.deliveredNs()).isEqualTo(START_NS + TimeUnit.MILLISECONDS.toNanos(3));
        assertThat(explanation.text()).isEqualTo("the reader of ben got it 3000 us after it was raised");
        assertThat(kernel.explainSignal(position, "dan").verdict()).isEqualTo(Verdict.NOT_ADDRESSED);
        assertVerdict(before, Verdict.MISSED, "began behind it");
        reader.close();
        assertVerdict(position, Verdict.NO_READER, "which has no reader");
    }

    @Test
    void shouldNameTheConditionThatStoppedIt() {
        final Coordination other = kernel.coordination("session-2");
        final Subscription reader = session.subscribe(
                FOR_BEN.types("note", "inter_agent_message")
                        .sendersLike("a*")
                        .priorityAtLeast(4)
                        .matching(Field.PAYLOAD, "severity=(high|fatal)")
                        .where(signal -> signal.payload().contains("now")),
                Start.latest());
        final long wrongType = session.raise("tick", "ann", "").position();
        final long wrongSender = send("severity=high now", Sending.by("bob"));
        final long lazy = send("severity=high now", Sending.by("ann").priority(3));
        final long harmless = send("severity=low now", Sending.by("ann"));
        final long later = send("severity=high later", Sending.by("ann"));
        final long wanted = send("severity=high now", Sending.by("ann"));
        final long elsewhere = other.raise("note", "ann", "").position();
        assertVerdict(wrongType, Verdict.FILTERED, "TYPE is not inter_agent_message or note");
        assertVerdict(wrongSender, Verdict.FILTERED, "SENDER is not a*");
        assertVerdict(lazy, Verdict.FILTERED, "its priority is below 4");
        assertVerdict(harmless, Verdict.FILTERED, "PAYLOAD is not severity=(high|fatal)");
        assertVerdict(elsewhere, Verdict.FILTERED, "it is of another coordination");
        assertVerdict(later, Verdict.NOT_READ_YET, "has not come to it yet");
        assertThat(((Signal) reader.poll()).position()).isEqualTo(wanted);
        assertVerdict(later, Verdict.FILTERED, "its predicate said no");
    }

    @Test
    void shouldTellAPredicateFromADelivery() {
        final Subscription reader =
                session.subscribe(FOR_BEN.where(signal -> signal.payload().contains("now")), Start.latest());
        final long later = send("later", Sending.by("ann"));
        final long now = send("now", Sending.by("ann"));
        assertThat(((Signal) reader.poll()).fields().textOr("message", "")).isEqualTo("now");
        assertVerdict(later, Verdict.FILTERED, "its predicate said no");
        assertVerdict(now, Verdict.DELIVERED, "got it");
    }

    @Test
    void shouldSayThatAReaderWasTooSlow() {
        final Subscription reader = session.subscribe(FOR_BEN, Start.latest());
        final long first = send("0", Sending.by("ann"));
        reader.poll();
        final long lost = send("1", Sending.by("ann"));
        for (int i = 0; i < 2 * TAIL; i++) {
            send("more", Sending.by("ann"));
        }
        final long kept = send("last", Sending.by("ann"));
        while (reader.poll() != null) {
            // read on to the end
        }
        assertVerdict(first, Verdict.DELIVERED, "got it");
        assertVerdict(lost, Verdict.MISSED, "was too slow for it");
        assertVerdict(kept, Verdict.DELIVERED, "got it");
    }

    /** What is remembered is bounded; what is older is said without its time. */
    @Test
    void shouldForgetWhenButNotThat() {
        final Subscription all = session.subscribe(FOR_BEN, Start.latest());
        final long first = send("0", Sending.by("ann"));
        all.poll();
        for (int i = 0; i < AgentReading.DELIVERIES_MAX; i++) {
            send("more", Sending.by("ann"));
            all.poll();
        }
        final SignalExplanation explanation = kernel.explainSignal(first, "ben");
        assertThat(explanation.verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(explanation.deliveredNs()).isEqualTo(-1);
        all.close();
        final Subscription picky = session.subscribe(FOR_BEN.where(signal -> true), Start.latest());
        final long next = send("0", Sending.by("ann"));
        picky.poll();
        for (int i = 0; i < AgentReading.DELIVERIES_MAX; i++) {
            send("more", Sending.by("ann"));
            picky.poll();
        }
        assertVerdict(next, Verdict.UNKNOWN, "has forgotten");
    }

    @Test
    void shouldSayWhatIsOutstandingInADurableSubscription() {
        final DurableSubscription durable =
                session.durable("inbox", DurableTerms.standard().withRecipient("ben"));
        final long position = send("hi", Sending.by("ann").to("ben", "cho"));
        final long other = send("hi", Sending.by("ann").to("dan"));
        assertVerdict(position, Verdict.NOT_READ_YET, "has not taken it yet");
        final Delivery delivery = durable.poll(10).get(0);
        assertThat(delivery.recipient()).isEqualTo("ben,cho");
        assertThat(delivery.priority()).isEqualTo(5);
        assertThat(delivery.fields().textOr("message", "")).isEqualTo("hi");
        assertVerdict(position, Verdict.DELIVERED, "attempt 1");
        assertVerdict(other, Verdict.NOT_ADDRESSED, "to [dan], not to ben");
        assertThat(durable.acknowledge(delivery).isAccepted()).isTrue();
        assertThat(durable.acknowledge(delivery).isAccepted()).isFalse();
        assertThat(session.signals().metrics().totalReceived()).isEqualTo(1);
        assertThat(session.signals().metrics().totalAcknowledged()).isEqualTo(1);
        send("again", Sending.by("ann"));
        assertThat(durable.acknowledge(durable.poll(10).get(0).factId()).isAccepted())
                .isTrue();
        assertThat(session.signals().metrics().totalAcknowledged()).isEqualTo(2);
    }

    /** A subscription that is not closed but forgotten is not kept. */
    @Test
    void shouldNotGatherReadersThatAreGone() {
        final List<SignalReader> readers = new CopyOnWriteArrayList<>();
        final AgentReadings readings = new AgentReadings(readers);
        final AgentReading kept = new AgentReading(FOR_BEN, -1);
        readings.add(kept);
        for (int i = 0; i < 200; i++) {
            final AgentReading closed = new AgentReading(FOR_BEN, -1);
            readings.add(closed);
            readings.remove(closed);
        }
        assertThat(readers).hasSize(1);
        assertThat(readers.get(0).agent()).isEqualTo("ben");
        readings.remove(kept);
        assertThat(readers).isEmpty();
    }
}
