package io.signalbox.kernel.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.CoordinationTerms;
import io.signalbox.kernel.DependencyDocument;
import io.signalbox.kernel.HistoryFilter;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.PastSignal;
import io.signalbox.kernel.RoutingHistoryRecord;
import io.signalbox.kernel.Subscription;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.routing.router.Router;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StatePredicate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The manager: sessions, their steps by coordination id, and what goes along with everything. */
class CoordinationManagerTest {
    private static final CoordinationTerms TERMS = CoordinationTerms.of("codegen-1")
            .withSessionId("session-1")
            .withCorrelationId("request-7")
            .withParentRunId("run-3");

    private final Kernel kernel = Kernel.launch(KernelConfig.standard()
            .withLimits(MachineLimits.small().withCoordinationsMax(4).withDependenciesMax(32)));
    private final CoordinationManager manager = new CoordinationManager(kernel);

    @AfterEach
    void close() {
        kernel.close();
    }

    private static List<Subscription.Signal> all(final Subscription subscription) {
        final List<Subscription.Signal> signals = new ArrayList<>();
        for (Subscription.Item item = subscription.poll(); item != null; item = subscription.poll()) {
            signals.add((Subscription.Signal) item);
        }
        return signals;
    }

    @Test
    void shouldComeWithTheFourRoutersOfTheGuide() {
        assertThat(manager.routing().routers())
                .extracting(Router::name)
                .containsExactly("conditional", "parallel", "state_analysis", "priority");
        assertThat(manager.routing().settings().retriesMax()).isEqualTo(3);
        try (CoordinationSession session = manager.startCoordination("retries")) {
            for (int error = 1; error <= 3; error++) {
                assertThat(session.route("agent", error, "").decision().word()).isEqualTo("retry");
            }
            assertThat(session.route("agent", 4, "").decision().word()).isEqualTo("error");
            assertThat(session.route("another", 1, "").decision().word()).isEqualTo("retry");
        }
    }

    @Test
    @Conforms({"FACADE-13", "FACADE-7"})
    void shouldTellEachStepAndCountWhatItSent() {
        final Subscription subscription = kernel.subscribe();
        final CoordinationResult result = manager.coordinateWorkflow(
                TERMS,
                new SequentialPipeline(),
                AgentAssignments.of()
                        .agent("a", Assignment.of("first"))
                        .agent("b", Assignment.of("second").dependencies("a")),
                turn -> AgentResult.of("ok", 0.9));
        final List<Subscription.Signal> signals = all(subscription);
        assertThat(signals)
                .extracting(Subscription.Signal::type)
                .containsExactly(
                        "workflow_started",
                        "context_distributed",
                        "workflow_ready",
                        "agent_initialized",
                        "agent_completed",
                        "agent_initialized",
                        "dependency_resolved",
                        "agent_completed",
                        "workflow_finished");
        assertThat(result.signalsSent()).isEqualTo(signals.size());
        assertThat(result.durationsMs()).containsKeys("distribution_time_ms", "execution_time_ms", "total_time_ms");
    }

    /** Signals, contexts, decisions and the result name what the session belongs to. */
    @Test
    void shouldCarryWhatItBelongsToThroughEverything() {
        final List<RoutingHistoryRecord> decisions = new ArrayList<>();
        final List<PastSignal> told = new ArrayList<>();
        final CoordinationResult result = manager.coordinateWorkflow(
                TERMS,
                new SequentialPipeline(),
                AgentAssignments.of()
                        .agent("a", Assignment.of(""))
                        .agent("b", Assignment.of("").dependencies("a")),
                turn -> {
                    assertThat(turn.session().coordination().session().parentRunId())
                            .isEqualTo("run-3");
                    assertThat(turn.context().coordinationMetadata().sessionId())
                            .isEqualTo("session-1");
                    assertThat(turn.context().coordinationMetadata().parentWorkflowId())
                            .isEqualTo("run-3");
                    if (turn.agentId().equals("b")) {
                        decisions.addAll(turn.session().routingOrchestrator().getHistory(10));
                        told.addAll(manager.signalCoordinator().getSignalHistory("codegen-1", HistoryFilter.all()));
                    }
                    return AgentResult.of("ok");
                });
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.correlationId()).isEqualTo("request-7");
        assertThat(result.parentRunId()).isEqualTo("run-3");
        assertThat(result.sessionId()).isEqualTo("session-1");
        assertThat(decisions).isNotEmpty().allMatch(each -> each.correlationId().equals("request-7"));
        told.removeIf(signal -> signal.type().equals("context_distributed")); // the kernel's own, known by its session
        assertThat(told)
                .hasSizeGreaterThan(5)
                .allSatisfy(signal ->
                        assertThat(signal.metadata() + signal.text()).contains("request-7", "run-3", "session-1"));
    }

    @Test
    @Conforms("FACADE-6")
    void shouldMakeIdsWhereNoneAreGiven() {
        final CoordinationResult result = manager.coordinateWorkflow(
                "codegen", AgentAssignments.of().agent("a", Assignment.of("")), turn -> AgentResult.of("ok"));
        assertThat(result.coordinationId()).matches("codegen-[0-9a-f]{8}");
        assertThat(result.sessionId()).matches("session-[0-9a-f]{8}");
    }

    @Test
    @Conforms("FACADE-2")
    void shouldDoSingleStepsByCoordinationId() throws Exception {
        manager.startCoordination(TERMS);
        final CompletableFuture<Boolean> resolved = CompletableFuture.supplyAsync(() -> manager.dependencyResolver()
                .resolveAgentDependencies(
                        "codegen-1",
                        "validator_gen",
                        List.of(
                                AgentDependency.of(Map.of(
                                        "dependency_id", "model_gen_complete",
                                        "type", "agent_completion",
                                        "target", "model_gen",
                                        "timeout", 120,
                                        "metadata", Map.of("agent_id", "model_gen"))),
                                AgentDependency.onGate("coverage_gate", 0.8))));
        manager.dependencyResolver()
                .updateQualityGateScore("coverage_gate", 0.85)
                .orThrow();
        manager.signalAgentCompletion("codegen-1", "model_gen", "5 models").orThrow();
        assertThat(resolved.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(manager.open("codegen-1").correlationId()).isEqualTo("request-7");
        assertThat(manager.open("codegen-1").sessionId()).isEqualTo("session-1");
        manager.open("codegen-1").close();
        manager.startCoordination("codegen-1").close();
    }

    @Test
    void shouldWaitForAStateAsForAnythingElse() throws Exception {
        final AgentDependency written = AgentDependency.of(Map.of(
                "dependency_id", "records_holds",
                "type", "state_predicate",
                "target", "records",
                "metadata", Map.of("operator", "at_least", "operand", 5)));
        final AgentDependency made = AgentDependency.onState("records", StatePredicate.is(StateOperator.AT_LEAST, 5));
        assertThat(AgentDependency.of(made.document())).isEqualTo(made);
        assertThat(written.withTimeout(made.timeout()).document()).containsEntry("target", "records");
        assertThatThrownBy(() -> AgentDependency.of(Map.of("type", "state_predicate", "target", "records")))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("unknown operator ''");
        try (CoordinationSession session = manager.startCoordination("s")) {
            assertThat(manager.dependencyResolver().resolveDependency("s", made.atOnce()))
                    .isFalse();
            final CompletableFuture<Boolean> resolved = CompletableFuture.supplyAsync(
                    () -> manager.dependencyResolver().resolveAgentDependencies("s", "test_gen", List.of(written)));
            session.coordination().set("records", 4);
            session.coordination().set("records", 5);
            assertThat(resolved.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(manager.dependencyResolver()
                            .getDependencyStatus("s", "test_gen", "records_holds")
                            .kind())
                    .isEqualTo(DependencyKind.STATE_PREDICATE);
        }
    }

    @Test
    void shouldGiveContextsTheDependenciesThatTheResolverReads() {
        try (CoordinationSession session = manager.startCoordination("s")) {
            session.distributeAgentContext(AgentAssignments.of()
                    .agent("a", Assignment.of("first"))
                    .agent(
                            "b",
                            Assignment.of("second")
                                    .dependencies(
                                            AgentDependency.onGate("lint", 0.9).withMaxRetries(2),
                                            AgentDependency.onState("records", StatePredicate.exists()),
                                            AgentDependency.on("a").endSuffices(),
                                            AgentDependency.atLeast("two", 2, "lint", "records_holds", "a_complete"))));
            final DependencyDocument read = session.getAgentContext("b").dependencies();
            assertThat(read.entries())
                    .extracting(DependencyDocument.Entry::id)
                    .containsExactly("lint", "records_holds", "a_complete", "two");
            assertThat(read.entries().get(0).threshold()).isEqualTo(0.9);
            assertThat(read.entries().get(0).retriesMax()).isEqualTo(2);
            assertThat(read.entries().get(1).predicate()).isEqualTo(StatePredicate.exists());
            assertThat(read.entries().get(2).successRequired()).isFalse();
            assertThat(read.entries().get(3).needed()).isEqualTo(2);
            assertThat(read.entries().get(3).members()).containsExactly("lint", "records_holds", "a_complete");
        }
    }

    @Test
    void shouldTellTimeoutsFromOtherEnds() throws Exception {
        try (CoordinationSession session = manager.startCoordination("s")) {
            final DependencyResolver resolver = manager.dependencyResolver();
            final AgentDependency soon = AgentDependency.on("ann").withTimeout(Duration.ofMillis(3));
            assertThatThrownBy(() -> resolver.resolveDependency("s", soon))
                    .isInstanceOf(DependencyTimeoutException.class)
                    .hasMessage("dependency 'ann_complete' of coordination 's' did not come within 3 ms");
            session.fail("ann", "no luck");
            assertThat(resolver.resolveDependency("s", soon)).isFalse();
            session.complete("ann", AgentResult.of("after all"), 1);
            assertThat(resolver.resolveDependency("s", soon)).isTrue();
            resolver.markResourceAvailable("gpu", true).orThrow();
            assertThat(resolver.resolveDependency("s", AgentDependency.onResource("gpu")))
                    .isTrue();
            resolver.updateQualityGateScore("s", "lint", 0.5).orThrow();
            assertThat(resolver.resolveDependency("s", AgentDependency.onGate("lint", 0.5)))
                    .isTrue();
        }
    }

    @Test
    @Conforms("DIFF-2")
    void shouldRefuseUnknownClosedAndBlankSessionsByName() {
        final CoordinationSession closed = manager.startCoordination("closed");
        closed.close();
        closed.close();
        for (final String id : List.of("closed", "never", "", " ")) {
            assertRefused(Rejection.UNKNOWN_COORDINATION, () -> manager.open(id));
            assertRefused(Rejection.UNKNOWN_COORDINATION, () -> manager.signalAgentCompletion(id, "a", ""));
            assertRefused(
                    Rejection.UNKNOWN_COORDINATION,
                    () -> manager.dependencyResolver().resolveAgentDependencies(id, "a", List.of()));
        }
        assertThat(closed.initialize("a").rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
        assertRefused(Rejection.BLANK_NAME, () -> manager.startCoordination(""));
        assertRefused(Rejection.BLANK_NAME, () -> manager.startCoordination("  "));
        manager.startCoordination("twice");
        assertRefused(Rejection.DUPLICATE_COORDINATION, () -> manager.startCoordination("twice"));
        assertRefused(
                Rejection.INVALID_TIME_TO_LIVE,
                () -> manager.withTimeToLive(Duration.ofSeconds(-1)).startCoordination("negative"));
    }

    private static void assertRefused(final Rejection rejection, final Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(rejection));
    }

    /** Tables have 4 coordinations and 32 waits; 300 workflows, good and bad, leave no trace in them. */
    @Test
    void shouldLeaveNothingBehind() {
        final AgentAssignments assignments = AgentAssignments.of()
                .agent("a", Assignment.of(""))
                .agent("b", Assignment.of("").dependencies("a"))
                .agent(
                        "c",
                        Assignment.of("").dependencies(AgentDependency.onGate("never", 1), AgentDependency.on("b")));
        for (int i = 0; i < 300; i++) {
            final boolean fails = i % 2 == 0;
            final CoordinationResult result =
                    manager.coordinateWorkflow(CoordinationTerms.of("work"), new MixedPipeline(), assignments, turn -> {
                        turn.session().coordination().set("key", "value");
                        if (turn.agentId().equals("b")) {
                            if (fails) {
                                turn.session().coordination().failGate("never");
                            } else {
                                turn.session().coordination().scoreGate("never", 1);
                            }
                        }
                        return AgentResult.of("ok");
                    });
            assertThat(result.status()).isEqualTo(fails ? CoordinationStatus.FAILED : CoordinationStatus.COMPLETED);
        }
        assertThat(kernel.findCoordination("work")).isNull();
        final CoordinationSession again = manager.startCoordination("work");
        assertThat(again.state().keys()).isEmpty();
        assertThat(again.signalsSent()).isZero();
        assertThat(again.routingOrchestrator().getHistory(10)).isEmpty();
    }

    @Test
    void shouldForgetASessionThatNobodyCloses() {
        final CoordinationSession forgotten =
                manager.withTimeToLive(Duration.ofMillis(10)).startCoordination("forgotten");
        assertThat(manager.dependencyResolver()
                        .resolveAgentDependencies("forgotten", "a", List.of(AgentDependency.on("nobody"))))
                .isFalse();
        assertThat(forgotten.coordination().isOpen()).isFalse();
        assertThat(kernel.coordinationsForgotten()).isEqualTo(1);
    }

    /** The session lives shorter than its agent works. */
    @Test
    void shouldKeepASessionWhileItsWorkflowRuns() {
        final CoordinationResult result = manager.coordinateWorkflow(
                TERMS.withTimeToLive(Duration.ofMillis(1200)),
                new SequentialPipeline(),
                AgentAssignments.of().agent("slow", Assignment.of("")),
                turn -> {
                    assertThat(new CountDownLatch(1).await(1800, TimeUnit.MILLISECONDS))
                            .isFalse();
                    return AgentResult.of("ok");
                });
        assertThat(result.status()).isEqualTo(CoordinationStatus.COMPLETED);
        assertThat(kernel.coordinationsForgotten()).isZero();
    }

    @Test
    void shouldLetAnAgentFollowWhatItGets() {
        try (CoordinationSession session = manager.startCoordination("followed")) {
            final Subscription forAnn =
                    manager.signalCoordinator().subscribeToSignals("followed", "ann", "agent_initialized");
            final Subscription everything = manager.signalCoordinator().subscribeToSignals("followed", "ann");
            session.initialize("ben").orThrow();
            session.fail("ben", "no luck").orThrow();
            assertThat(all(forAnn)).extracting(Subscription.Signal::type).containsExactly("agent_initialized");
            assertThat(all(everything)).hasSize(2);
        }
    }
}
