package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.SignalExplanation.Verdict;
import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.SenderValidation;
import io.signalbox.kernel.signal.SignalKind;
import io.signalbox.kernel.signal.SignalSchema;
import io.signalbox.kernel.signal.TypedSignal;
import io.signalbox.kernel.signal.TypedSignal.AgentCompleted;
import io.signalbox.kernel.signal.TypedSignal.AgentInitialized;
import io.signalbox.kernel.signal.TypedSignal.AgentProgress;
import io.signalbox.kernel.signal.TypedSignal.AgentWarning;
import io.signalbox.kernel.signal.TypedSignal.DependencyResolved;
import io.signalbox.kernel.signal.TypedSignal.InterAgentMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The signals of one coordination, through the front door. */
class SignalRoomTest {
    private final ManualClock clock = new ManualClock(1_000_000_000_000L);
    private final Kernel kernel =
            Kernel.launch(KernelConfig.standard().withClock(clock).withThreading(Threading.INVOKER));
    private final Coordination session = kernel.coordination("session-1");
    private final CoordinationSignals signals = session.signals();

    @AfterEach
    void close() {
        kernel.close();
    }

    private static AgentCompleted completed(final String agent) {
        return new AgentCompleted(agent, "done", 0.95, 1234.5, List.of("a.py", "b.py"), null);
    }

    private static AgentInitialized initialized(final String agent) {
        return new AgentInitialized(agent, List.of("models", "hints"), true, 45.3);
    }

    private static InterAgentMessage message(final String text) {
        return new InterAgentMessage("request", text, true, 5000, Payload.of().text("model_name", "UserModel"));
    }

    private void sent(final TypedSignal signal, final Sending how) {
        assertThat(signals.send(signal, how).isAccepted()).isTrue();
    }

    @Test
    @Conforms({"T-SIG-02", "T-SIG-03", "T-SIG-05"})
    void shouldReadBackTypedPayloads() {
        assertThat(AgentInitialized.from(initialized("model-gen").payload())).isEqualTo(initialized("model-gen"));
        assertThat(AgentCompleted.from(completed("model-gen").payload())).isEqualTo(completed("model-gen"));
        assertThat(InterAgentMessage.from(message("hi").payload())).isEqualTo(message("hi"));
        final DependencyResolved resolved = new DependencyResolved(
                "model", "UserModel", "model-gen", Payload.of().text("file", "user.py"));
        assertThat(DependencyResolved.from(resolved.payload())).isEqualTo(resolved);
    }

    @Test
    @Conforms({"T-SIG-08", "T-SIG-09", "T-SIG-10", "T-SIG-11", "T-SIG-12", "DIFF-1", "NAME-14"})
    void shouldSendEveryKindAndTellItInTheHistory() {
        sent(initialized("model-gen"), Sending.by("model-gen"));
        sent(completed("model-gen"), Sending.by("model-gen"));
        sent(new DependencyResolved("model", "UserModel", "model-gen", Payload.of()), Sending.bySystem());
        sent(message("need a validator"), Sending.by("validator-gen").to("agent-2", "agent-3"));
        sent(new TypedSignal.StageCompleted("stage-1", "completed", 5), Sending.by("staged_executor"));
        sent(new TypedSignal.ErrorRecoveryCompleted("retry", true, 2, 10), Sending.by("error_recovery_orchestrator"));
        sent(new TypedSignal.WorkflowStarted("w"), Sending.bySystem());
        sent(new TypedSignal.WorkflowReady("w"), Sending.bySystem());
        sent(new TypedSignal.WorkflowFinished("w", "completed", 7), Sending.bySystem());
        sent(new TypedSignal.ErrorOccurred("disk full", "io", "model-gen"), Sending.bySystem());
        sent(new AgentWarning("model-gen", "slow"), Sending.by("model-gen"));

        final List<PastSignal> history = signals.history(HistoryFilter.all());
        assertThat(history.stream().map(PastSignal::kind))
                .containsExactly(
                        SignalKind.AGENT_WARNING,
                        SignalKind.ERROR_OCCURRED,
                        SignalKind.WORKFLOW_FINISHED,
                        SignalKind.WORKFLOW_READY,
                        SignalKind.WORKFLOW_STARTED,
                        SignalKind.ERROR_RECOVERY_COMPLETED,
                        SignalKind.STAGE_COMPLETED,
                        SignalKind.INTER_AGENT_MESSAGE,
                        SignalKind.DEPENDENCY_RESOLVED,
                        SignalKind.AGENT_COMPLETED,
                        SignalKind.AGENT_INITIALIZED);
        final PastSignal talk = history.get(7);
        assertThat(talk.sender()).isEqualTo("validator-gen");
        assertThat(talk.recipients()).containsExactly("agent-2", "agent-3");
        assertThat(InterAgentMessage.from(talk.payload())).isEqualTo(message("need a validator"));
        assertThat(history.get(8).sender()).isEqualTo(PastSignal.SYSTEM);
        assertThat(history.get(6).sender()).isEqualTo("staged_executor");
        assertThat(history.get(5).sender()).isEqualTo("error_recovery_orchestrator");
        assertThat(history.get(9).subject()).isEqualTo("model-gen");
        assertThat(history.get(9).quality()).isEqualTo(0.95);
        assertThat(session.awaitsCompletion("model-gen").poll().isResolved()).isTrue();
    }

    @Test
    @Conforms({"T-SIG-13"})
    void shouldKeepMetadataAndCorrelationApart() {
        sent(
                completed("model-gen"),
                Sending.by("model-gen")
                        .metadata(Payload.of().text("priority", "high"))
                        .correlation("run-7"));

        final PastSignal signal = signals.history(HistoryFilter.all()).get(0);
        assertThat(signal.metadata())
                .isEqualTo(Payload.of().text("priority", "high").text("correlation_id", "run-7"));
        assertThat(AgentCompleted.from(signal.payload())).isEqualTo(completed("model-gen"));
        assertThat(signal.payload().names()).noneMatch(name -> name.startsWith("@"));
    }

    @Test
    @Conforms({"T-SIG-16", "T-SIG-17", "GAP-SIG-6"})
    void shouldFilterAndLimitTheHistory() {
        sent(initialized("a"), Sending.by("a"));
        sent(completed("a"), Sending.by("a"));
        sent(completed("b"), Sending.by("b"));
        sent(message("for b"), Sending.by("a").to("b"));
        final HistoryFilter completions = HistoryFilter.all().type("agent_completed");

        assertThat(signals.history(completions))
                .hasSize(2)
                .allMatch(one -> one.type().equals("agent_completed"));
        assertThat(signals.history(HistoryFilter.all().limit(3))).hasSize(3);
        assertThat(signals.history(HistoryFilter.all().limit(0))).isEmpty();
        assertThat(signals.history(HistoryFilter.all().sender("b"))).hasSize(1);
        assertThat(signals.history(HistoryFilter.all().sender(PastSignal.SYSTEM)))
                .isEmpty();
        assertThat(signals.history(HistoryFilter.all().recipient("c"))).hasSize(3);
        assertThat(signals.history(completions.where("agent_id", "b"))).hasSize(1);
        assertThat(signals.history(HistoryFilter.all().where("message", "for b")))
                .hasSize(1);
        assertThat(signals.history(HistoryFilter.all().where("nobody_has_this", "x")))
                .as("a signal without the field does not pass")
                .isEmpty();
        assertThat(signals.history(HistoryFilter.all().type("agent_complete"))).isEmpty();
        final long second = signals.history(completions).get(1).position();
        assertThat(signals.history(HistoryFilter.all().from(second))).hasSize(3);
        assertThat(signals.at(second).type()).isEqualTo("agent_completed");
        assertThat(signals.at(0)).isNull();
        assertThat(signals.hasCompleted("a", false)).isTrue();
        assertThat(signals.hasCompleted("c", true)).isFalse();
    }

    @Test
    @Conforms({"T-SIG-30", "T-SIG-31"})
    void shouldTellNothingOfAnUnknownSession() {
        final CoordinationSignals closed = kernel.coordination("closed").signals();
        kernel.coordination("closed").close();
        assertThat(closed.history(HistoryFilter.all())).isEmpty();
        assertThat(closed.metrics().totalSent()).isZero();
        assertThat(closed.metrics().totalReceived()).isZero();
        assertThat(closed.send(completed("a"), Sending.by("a")).rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
    }

    @Test
    @Conforms({"T-SIG-29", "GAP-SIG-5", "DIFF-2", "DIFF-3"})
    void shouldRefuseWhatDoesNotSuitItsKind() {
        final SignalReceipt tooGood = signals.send(new AgentCompleted("a", "", 5, 0, List.of(), null), Sending.by("a"));
        assertThat(tooGood.rejection()).isEqualTo(Rejection.INVALID_PAYLOAD);
        assertThat(tooGood.message()).isEqualTo("field 'quality_score' must be in 0.0..1.0, found 5.0");
        assertThat(tooGood.position()).isEqualTo(-1);
        final Payload nameless = Payload.of().number("quality_score", 1);
        assertThat(signals.send("agent_completed", nameless, Sending.by("a")).message())
                .isEqualTo("field 'agent_id' is missing");
        assertThat(signals.send("workflow_startet", Payload.of(), Sending.bySystem())
                        .rejection())
                .isEqualTo(Rejection.UNKNOWN_KIND);
        assertThat(signals.send("agent_stalled", Payload.of(), Sending.bySystem())
                        .rejection())
                .as("the kernel's own")
                .isEqualTo(Rejection.UNKNOWN_KIND);
        assertThat(signals.send(completed("a"), Sending.by("")).rejection()).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(signals.send(completed("a"), Sending.by("a").to("b", "")).rejection())
                .isEqualTo(Rejection.INVALID_VALUE);
        assertThat(signals.send(completed("a"), Sending.by("a").priority(10)).rejection())
                .isEqualTo(Rejection.INVALID_VALUE);
        assertThat(signals.send(completed("a"), Sending.by("a".repeat(2000))).rejection())
                .isEqualTo(Rejection.TOO_LONG);
        assertThat(signals.send(new AgentWarning("a", "x".repeat(1 << 20)), Sending.by("a"))
                        .rejection())
                .isEqualTo(Rejection.TOO_LONG);
        assertThat(signals.metrics().totalSent()).isZero();
        assertThatThrownBy(() -> kernel.coordination("")).isInstanceOf(CommandRefusedException.class);
    }

    @Test
    @Conforms("FUTURE-4")
    void shouldSendDeclaredKindsOnlyAsDeclared() {
        final SignalSchema schema = SignalSchema.of().text("plan", true, 1, 100).number("cost", true, 0, 1000);
        assertThat(kernel.signalKinds().declare("plan_ready", schema).isAccepted())
                .isTrue();
        assertThat(kernel.signalKinds().declare("plan_ready", schema).isAccepted())
                .isTrue();
        assertThat(kernel.signalKinds().declare("plan_ready", SignalSchema.of()).rejection())
                .isEqualTo(Rejection.DECLARED_OTHERWISE);
        assertThat(kernel.signalKinds().declare("agent_completed", schema).rejection())
                .isEqualTo(Rejection.INVALID_VALUE);
        assertThat(kernel.signalKinds().declared()).containsExactly("plan_ready");
        assertThat(kernel.signalKinds().schema("plan_ready")).isEqualTo(schema);
        assertThat(kernel.signalKinds().schema("other")).isNull();
        final Payload plan = Payload.of().text("plan", "build it").number("cost", 12);

        assertThat(signals.send("plan_ready", plan, Sending.by("ann").to("ben").priority(7))
                        .isAccepted())
                .isTrue();
        assertThat(signals.send("plan_ready", plan.number("cost", -1), Sending.by("ann"))
                        .message())
                .isEqualTo("field 'cost' must be in 0.0..1000.0, found -1.0");
        final PastSignal signal = signals.history(HistoryFilter.all()).get(0);
        assertThat(signal.payload()).isEqualTo(plan);
        assertThat(signal.priority()).isEqualTo(7);
        assertThat(signal.recipients()).containsExactly("ben");
    }

    @Test
    @Conforms({"T-SIG-23", "T-SIG-24", "GAP-SIG-10", "DIFF-4", "DIFF-5"})
    void shouldCountWhatIsSentAndReceivedAndHowLongItTook() {
        final Subscription reader = kernel.subscribe();
        for (int i = 0; i < 5; i++) {
            sent(initialized("a" + i), Sending.by("a" + i));
        }
        sent(completed("a1"), Sending.by("a1"));
        clock.moveTo(1_000_003_000_000L);
        for (int i = 0; i < 6; i++) {
            assertThat(reader.poll()).isInstanceOf(Subscription.Signal.class);
        }
        final SignalMetrics metrics = signals.metrics();

        assertThat(metrics.totalSent()).isEqualTo(6);
        assertThat(metrics.of("agent_initialized").sent()).isEqualTo(5);
        assertThat(metrics.of("agent_completed").sent()).isEqualTo(1);
        assertThat(metrics.of("nothing")).isEqualTo(SignalMetrics.NONE);
        assertThat(metrics.totalReceived()).isEqualTo(6);
        assertThat(metrics.averagePropagationMs()).isEqualTo(3.0);
        assertThat(metrics.maxPropagationMs()).isEqualTo(3.0);
        assertThat(metrics.of("agent_completed").averagePropagationMs()).isEqualTo(3.0);
        kernel.signalDesk()
                .deliveries()
                .counter(session.handle(), kernel.nameId("agent_completed"))
                .acknowledged();
        assertThat(signals.metrics().totalAcknowledged()).isEqualTo(1);
        session.close();
        assertThat(signals.metrics().totalReceived()).as("closed").isZero();
    }

    @Test
    void shouldMarkASilentAgentStalledAndSaySo() {
        assertThat(signals.expectProgress("model-gen", Duration.ofMillis(100)).isAccepted())
                .isTrue();
        sent(new AgentProgress("model-gen", 0.25, "a quarter"), Sending.by("model-gen"));
        assertThat(signals.progress("model-gen").progress()).isEqualTo(0.25);
        assertThat(signals.progress("model-gen").isStalled()).isFalse();
        assertThat(signals.progress("other")).isNull();

        clock.moveTo(1_000_101_000_000L);
        kernel.pulse();

        assertThat(signals.progress("model-gen").isStalled()).isTrue();
        assertThat(signals.progress("model-gen").interval()).isEqualTo(Duration.ofMillis(100));
        final PastSignal stalled = signals.history(HistoryFilter.all()).get(0);
        assertThat(stalled.kind()).isEqualTo(SignalKind.AGENT_STALLED);
        assertThat(stalled.subject()).isEqualTo("model-gen");
        assertThat(stalled.sender()).isEqualTo(PastSignal.SYSTEM);

        sent(new AgentProgress("model-gen", 0.5, "half"), Sending.by("model-gen"));
        assertThat(signals.progress("model-gen").isStalled()).isFalse();
        assertThat(signals.send(new AgentProgress("model-gen", 1.5, ""), Sending.by("model-gen"))
                        .rejection())
                .isEqualTo(Rejection.INVALID_PAYLOAD);
        assertThat(signals.expectProgress("model-gen", Duration.ofMillis(-1)).rejection())
                .isEqualTo(Rejection.INVALID_VALUE);
    }

    @Test
    @Conforms("FUTURE-6")
    void shouldLookAtSendersAsTheCoordinationSays() {
        assertThat(signals.validateSenders(SenderValidation.WARN).isAccepted()).isTrue();
        sent(message("who am I"), Sending.by("stranger"));
        assertThat(signals.metrics().doubted()).isEqualTo(1);

        assertThat(signals.validateSenders(SenderValidation.REFUSE).isAccepted())
                .isTrue();
        assertThat(signals.send(message("again"), Sending.by("stranger")).rejection())
                .isEqualTo(Rejection.UNKNOWN_SENDER);
        sent(initialized("stranger"), Sending.by("stranger"));
        sent(message("now known"), Sending.by("stranger"));
        sent(message("the system is always known"), Sending.bySystem());

        assertThat(signals.send(message("not yet"), Sending.by("ann")).rejection())
                .isEqualTo(Rejection.UNKNOWN_SENDER);
        kernel.agents().register(AgentProfile.of("ann", "yaml"));
        sent(message("registered"), Sending.by("ann"));
        assertThat(kernel.global()
                        .signals()
                        .validateSenders(SenderValidation.REFUSE)
                        .isAccepted())
                .isTrue();
        kernel.agents().unregister("ann");
        assertThat(kernel.global().signals().history(HistoryFilter.all()))
                .as("the kernel's own news are never refused")
                .first()
                .matches(news -> news.subject().equals("ann") && news.sender().equals("signalbox"));
    }

    @Test
    void shouldAnswerARequestOnce() {
        final SignalRequest request = signals.request(
                message("need a validator"), Sending.by("test-run").to("val"));
        assertThat(request.await(Duration.ZERO)).isInstanceOf(Outcome.TimedOut.class);
        assertThat(request.response()).isNull();

        final InterAgentMessage answer = new InterAgentMessage("response", "here", false, 0, Payload.of());
        assertThat(signals.respond(request.position(), answer, Sending.by("val").to("test-run"))
                        .isAccepted())
                .isTrue();

        assertThat(request.await().isResolved()).isTrue();
        assertThat(request.response().sender()).isEqualTo("val");
        assertThat(request.response().respondsTo()).isEqualTo(request.position());
        assertThat(signals.respond(request.position(), answer, Sending.by("val"))
                        .rejection())
                .isEqualTo(Rejection.NO_OPEN_REQUEST);
        assertThat(signals.respond(-7, answer, Sending.by("val")).rejection()).isEqualTo(Rejection.NO_OPEN_REQUEST);
    }

    @Test
    void shouldExpireARequestWithoutAResponse() {
        final SignalRequest request = signals.request(message("anybody?"), Sending.by("test-run"));
        clock.moveTo(1_000_000_000_000L + TimeUnit.MILLISECONDS.toNanos(5001));
        kernel.pulse();
        assertThat(request.await()).isInstanceOf(Outcome.Expired.class);

        final SignalRequest negative = signals.request(message("x"), Sending.by("a"), Duration.ofMillis(-1));
        assertThat(negative.await()).isEqualTo(new Outcome.Rejected(Rejection.INVALID_PAYLOAD));
        assertThat(negative.cancel().isAccepted()).isFalse();
        final SignalRequest endless = signals.request(message("x"), Sending.by("a"), Duration.ZERO);
        assertThat(endless.cancel().isAccepted()).isTrue();
        assertThat(endless.await()).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void shouldExplainWhatBecameOfASignal() {
        final long toBen =
                signals.send(message("hi"), Sending.by("ann").to("ben")).position();
        assertThat(kernel.explainSignal(toBen, "cho").verdict()).isEqualTo(Verdict.NOT_ADDRESSED);
        assertThat(kernel.explainSignal(toBen, "cho").text()).isEqualTo("it is addressed to [ben], not to cho");
        assertThat(kernel.explainSignal(toBen, "ben").verdict()).isEqualTo(Verdict.NO_READER);
        assertThat(kernel.explainSignal(999, "ben").verdict()).isEqualTo(Verdict.UNKNOWN);

        kernel.signalDesk().readers().add(new SignalReader() {
            @Override
            public String agent() {
                return "ben";
            }

            @Override
            public SignalExplanation reading(final long coordination, final PastSignal signal) {
                return new SignalExplanation(Verdict.DELIVERED, 17, coordination + " " + signal.position());
            }
        });
        assertThat(kernel.explainSignal(toBen, "ben"))
                .isEqualTo(new SignalExplanation(Verdict.DELIVERED, 17, session.handle() + " " + toBen));
    }

    @Test
    @Conforms({"T-SIG-25", "T-SIG-26"})
    void shouldSendFasterThanTheOldPromises() {
        final long startNs = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            sent(completed("model-gen"), Sending.by("model-gen"));
        }
        final long meanNs = (System.nanoTime() - startNs) / 100;
        assertThat(meanNs).isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
    }

    /** A send into a long history does the same steps as one into an empty history: counted, not timed. */
    @Test
    @Conforms({"GAP-SIG-7", "REQ-1"})
    void shouldSendAtTheSameCostIntoALongHistory() {
        final List<Long> works = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            final long before = kernel.machine().signals().history().works();
            for (int i = 0; i < 10_000; i++) {
                session.raise("tick", "clock", "payload");
            }
            works.add(kernel.machine().signals().history().works() - before);
        }
        assertThat(works).allMatch(one -> one <= works.get(0) * 1.2);
        assertThat(signals.metrics().totalSent()).isEqualTo(100_000);
        assertThat(signals.history(HistoryFilter.all())).hasSize(10_000);
        assertThat(signals.history(HistoryFilter.all().limit(1)).get(0).text()).isEqualTo("payload");
    }
}
