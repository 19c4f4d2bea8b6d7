package io.signalbox.kernel.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.CoordinationTerms;
import io.signalbox.kernel.HistoryFilter;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Routing;
import io.signalbox.kernel.RoutingResult;
import io.signalbox.kernel.StateKey;
import io.signalbox.kernel.agent.AgentDuty;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.context.InvalidContextException;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.router.ConditionalRouter;
import io.signalbox.kernel.routing.router.ConditionalRule;
import io.signalbox.kernel.routing.router.ParallelRouter;
import io.signalbox.kernel.routing.router.ParallelizationHint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole coordinations, as the suites of the systems before us ran them. Bounds of time are theirs; ours are in the benchmarks. */
class WholeCoordinationTest {
    private final Kernel kernel = Kernel.launch(KernelConfig.standard());
    private final CoordinationManager manager = new CoordinationManager(kernel);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    @Conforms("T-ICOORD-02")
    void shouldAdviseIndependentProcessorsToRunInParallelAndRunThem() {
        final List<String> processors = List.of("processor_0", "processor_1", "processor_2");
        try (CoordinationSession session = manager.withRouting(
                        Routing.empty().with(new ParallelRouter(List.of(ParallelizationHint.of("processor_0", "processor_1", "processor_2")))))
                .startCoordination("advice")) {
            final RoutingResult advice = session.route("processor_0", 0, "");
            assertThat(advice.decision()).isEqualTo(RoutingDecision.PARALLEL);
            assertThat(advice.confidence()).isGreaterThanOrEqualTo(0.9);
            assertThat(advice.parallelTasks()).contains("processor_1", "processor_2");
        }
        AgentAssignments assignments = AgentAssignments.of();
        for (final String processor : processors) {
            assignments = assignments.agent(processor, Assignment.of("Process a contract"));
        }
        final CyclicBarrier together = new CyclicBarrier(3);
        final CoordinationResult result = manager.coordinateWorkflow(
                CoordinationTerms.of("contracts"), new ParallelPipeline(), assignments, turn -> {
                    together.await(20, TimeUnit.SECONDS);
                    return AgentResult.of("processed");
                });
        assertThat(result.isSuccess()).isTrue();
    }

    @Test
    @Conforms("T-ICOORD-04")
    void shouldTryAFailedAgentAgainByARuleAndLetItsDependentGoOn() {
        final ConditionalRule rule = ConditionalRule.of(
                "retry", "Retry below three", "error_count", "<", 3, RoutingDecision.RETRY);
        final CoordinationManager retrying = manager.withRouting(Routing.empty().with(ConditionalRouter.of(rule)));
        final CoordinationResult result = retrying.coordinateWorkflow(
                CoordinationTerms.of("recovery"),
                new MixedPipeline(),
                AgentAssignments.of()
                        .agent("flaky", Assignment.of("Fails once"))
                        .agent("dependent", Assignment.of("Waits for it").dependencies("flaky")),
                turn -> {
                    if (turn.agentId().equals("flaky") && turn.attempt() == 1) {
                        throw new IllegalStateException("not at first");
                    }
                    final List<String> told =
                            manager.signalCoordinator().getSignalHistory("recovery", HistoryFilter.all()).stream()
                                    .map(each -> each.type())
                                    .toList();
                    assertThat(told).contains("error_occurred");
                    return AgentResult.of("ok");
                });
        assertThat(result.agent("flaky").lastDecision()).isEqualTo(RoutingDecision.RETRY);
        assertThat(result.agent("flaky").attempts()).isEqualTo(2);
        assertThat(result.agent("dependent").status()).isEqualTo(AgentStatus.COMPLETED);
    }

    @Test
    @Conforms("T-ICOORD-06")
    void shouldSendTenSignalsInLessThanATenthOfASecondEach() {
        try (CoordinationSession session = manager.startCoordination("signals")) {
            long longestNs = 0;
            final long startNs = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                final long sentNs = System.nanoTime();
                session.initialize("agent_" + i).orThrow();
                longestNs = Math.max(longestNs, System.nanoTime() - sentNs);
            }
            assertThat(Duration.ofNanos((System.nanoTime() - startNs) / 10)).isLessThan(Duration.ofMillis(100));
            assertThat(Duration.ofNanos(longestNs)).isLessThan(Duration.ofMillis(200));
            assertThat(session.signalsSent()).isEqualTo(10);
        }
    }

    @Test
    @Conforms({"FACADE-4", "FACADE-5"})
    void shouldTellHowDependenciesStandAndWhatHasHappened() {
        try (CoordinationSession session = manager.startCoordination("status")) {
            final List<AgentDependency> needed = List.of(AgentDependency.on("ann"));
            session.coordination().waits().declare(AgentDependency.document("ben", needed));
            assertThat(manager.checkDependencyStatus("status", "ben", "ann_complete")).isFalse();
            assertThat(manager.dependencyResolver().getPendingDependenciesCount("status")).isEqualTo(1);
            assertThat(manager.checkDependencyStatus("status", "ben", "unknown")).isFalse();
            manager.signalAgentCompletion("status", "ann", "done").orThrow();
            assertThat(manager.checkDependencyStatus("status", "ben", "ann_complete")).isTrue();
            session.route("ben", 0, "");
            final CoordinationMetrics metrics = manager.getCoordinationMetrics("status");
            assertThat(metrics.signals().totalSent()).isEqualTo(1);
            assertThat(metrics.pendingDependencies()).isZero();
            assertThat(metrics.routing().totalRoutings()).isEqualTo(1);
            assertThat(manager.dependencyResolver().clearCoordinationDependencies("status").isAccepted())
                    .isTrue();
        }
    }

    @Test
    @Conforms("FACADE-8")
    void shouldWorkWithTheRegistry() {
        kernel.agents().register("ann", "python").orThrow();
        final CoordinationResult result = manager.coordinateWorkflow(
                CoordinationTerms.of("registered"),
                new SequentialPipeline(),
                AgentAssignments.of().agent("ann", Assignment.of("known")).agent("ben", Assignment.of("unknown")),
                turn -> {
                    if (turn.agentId().equals("ann")) {
                        assertThat(kernel.agents().get("ann").activeTasks()).isEqualTo(1);
                    }
                    return AgentResult.of("ok", 0.9);
                });
        assertThat(result.isSuccess()).isTrue();
        assertThat(kernel.agents().get("ann").activeTasks()).isZero();
        assertThat(kernel.agents().get("ann").succeeded()).isEqualTo(1);
        assertThat(kernel.agents().get("ann").meanQuality()).isEqualTo(0.9);
    }

    @Test
    void shouldFailAnAgentWhoseTaskTheRegistryRefuses() {
        kernel.agents().register("ann", "python").orThrow();
        kernel.agents().declare("ann", AgentDuty.MAINTENANCE).orThrow();
        final CoordinationResult result = manager.coordinateWorkflow(
                "repair", AgentAssignments.of().agent("ann", Assignment.of("")), turn -> AgentResult.of("ok"));
        assertThat(result.agent("ann").status()).isEqualTo(AgentStatus.FAILED);
        assertThat(result.agent("ann").reason()).startsWith("the task was refused: ");
    }

    /** Agent counts and attempts are numbers; they are tags of what is measured. */
    @Test
    @Conforms({"FACADE-9", "NAME-11"})
    void shouldMeasureUnderTheNamesOfTheGuides() {
        manager.coordinateWorkflow(
                CoordinationTerms.of("measured").withCorrelationId("request-7"),
                new MixedPipeline(),
                AgentAssignments.of().agent("ann", Assignment.of("")),
                turn -> AgentResult.of("ok"));
        assertThat(kernel.metrics().snapshot().timing("routing_decision_time")).isPresent();
        assertThat(kernel.metrics().snapshot().counter("routing_decisions_count")).isEqualTo(1);
        assertThat(kernel.metrics().snapshot().timing("agent_execution_time")).isPresent();
        assertThat(kernel.metrics().snapshot().timing("workflow_execution_time")).isPresent();
    }

    @Test
    @Conforms("NAME-14")
    void shouldKnowSendersWithFixedNames() {
        try (CoordinationSession session = manager.startCoordination("senders")) {
            session.signalCoordinationEvent(
                            "workflow_started", Map.of("workflow_id", "w"), SignalCoordinator.SYSTEM)
                    .orThrow();
            session.signalCoordinationEvent("stage_completed", Map.of("stage_id", "s"), "staged_executor")
                    .orThrow();
            session.signalCoordinationEvent(
                            "error_recovery_completed",
                            Map.of("strategy", "retry", "success", true),
                            "error_recovery_orchestrator")
                    .orThrow();
            assertThat(manager.signalCoordinator().getSignalHistory("senders", Map.of()))
                    .extracting(each -> each.sender())
                    .containsExactly("error_recovery_orchestrator", "staged_executor", "system");
            assertThat(manager.signalCoordinator()
                            .getSignalHistory("senders", Map.of("signal_type", "stage_completed", "limit", 1)))
                    .hasSize(1);
        }
    }

    // ------------------------------------------------------------------ contexts

    @Test
    @Conforms({"T-ICOORD-01", "FACADE-3", "FACADE-10"})
    void shouldHandOnTypesAlongAChain() {
        final AgentAssignments chain = AgentAssignments.of()
                .sharing("type_registry", Map.of("UserId", "str"))
                .agent("model_gen", Assignment.of("Generate models"))
                .agent(
                        "validator_gen",
                        Assignment.of("Generate validators")
                                .dependencies(AgentDependency.on("model_gen").withTimeout(Duration.ofSeconds(10))))
                .agent(
                        "test_gen",
                        Assignment.of("Generate tests")
                                .dependencies(AgentDependency.on("validator_gen").withTimeout(Duration.ofSeconds(10))));
        final Map<String, Long> versions = new ConcurrentHashMap<>();
        final CoordinationResult result = manager.coordinateWorkflow(
                CoordinationTerms.of("chain"), new MixedPipeline(), chain, turn -> {
                    versions.put(turn.agentId(), turn.context().contextVersion());
                    final AgentResult done = AgentResult.of("done", 0.95);
                    if (turn.agentId().equals("model_gen")) {
                        return done.withIntelligence("type_registry", Map.of("User", "class User"));
                    }
                    assertThat(manager.getAgentContext("chain", turn.agentId())
                                    .sharedIntelligence()
                                    .typeRegistry())
                            .containsOnlyKeys("User", "UserId");
                    return done;
                });
        assertThat(result.isSuccess()).as("%s", result.agents()).isTrue();
        assertThat(versions).containsEntry("model_gen", 1L).containsEntry("validator_gen", 2L);
        assertThat(result.agents().values()).allMatch(each -> each.resolutionTimeMs() < 2000);
        assertThat(result.durationsMs().get("total_time_ms")).isLessThan(2000);
    }

    @Test
    @Conforms("T-ICOORD-05")
    void shouldRunFiveAgentsWithAForkInTheMiddle() {
        final AgentAssignments five = AgentAssignments.of()
                .agent("parser", Assignment.of("Parse"))
                .agent("model_generator", Assignment.of("Models").dependencies("parser"))
                .agent("validators", Assignment.of("Validators").dependencies("model_generator"))
                .agent("documentation", Assignment.of("Documents").dependencies("model_generator"))
                .agent("tests", Assignment.of("Tests").dependencies("validators", "documentation"));
        final CyclicBarrier fork = new CyclicBarrier(2);
        final CoordinationResult result = manager.coordinateWorkflow(
                CoordinationTerms.of("five"), new MixedPipeline(), five, turn -> {
                    if (turn.agentId().equals("validators") || turn.agentId().equals("documentation")) {
                        fork.await(20, TimeUnit.SECONDS);
                    }
                    turn.session().state().set(StateKey.flag(turn.agentId() + "_completed"), true);
                    if (turn.agentId().equals("tests")) {
                        assertThat(turn.session().state().keys()).hasSize(5);
                    }
                    return AgentResult.of("done");
                });
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.durationsMs().get("distribution_time_ms")).isLessThan(1000);
        assertThat(result.durationsMs().get("total_time_ms")).isLessThan(3000);
    }

    @Test
    @Conforms({"T-ICOORD-07", "NAME-12"})
    void shouldDistributeToTenAgentsInTime() {
        AgentAssignments ten = AgentAssignments.of();
        for (int i = 0; i < 10; i++) {
            ten = ten.agent("agent_" + i, Assignment.of("Task " + i).inputData("number", i));
        }
        final long startNs = System.nanoTime();
        final int distributed = manager.contextDistributor()
                .distributeAgentContext(Map.of("coordination_id", "ten", "session_id", "s"), ten)
                .size();
        assertThat(distributed).isEqualTo(10);
        assertThat(Duration.ofNanos((System.nanoTime() - startNs) / 10)).isLessThan(Duration.ofMillis(200));
        assertThat(manager.contextDistributor().listCoordinationContexts("ten")).hasSize(10);
        assertThat(kernel.metrics().snapshot().timing("context_distribution_time")).isPresent();
        assertThat(kernel.metrics().snapshot().timing("context_distribution_per_agent_time"))
                .isPresent();
        assertThat(manager.contextDistributor().clearCoordinationContexts("ten")).isTrue();
        assertThat(manager.open("ten").sessionId()).isEqualTo("s");
    }

    @Test
    void shouldFailAnAgentThatLeavesItsCriteriaUnmetAndSayWhich() {
        final AgentAssignments assignments = AgentAssignments.of()
                .agent(
                        "validator_generator",
                        Assignment.of("Validators").successCriteria(Map.of("all_fields_validated", true)))
                .agent("tests", Assignment.of("Tests").dependencies("validator_generator"));
        final CoordinationResult unmet = manager.coordinateWorkflow(
                CoordinationTerms.of("unmet"), new MixedPipeline(), assignments, turn -> AgentResult.of("done"));
        assertThat(unmet.agent("validator_generator").status()).isEqualTo(AgentStatus.FAILED);
        assertThat(unmet.agent("validator_generator").reason()).contains("all_fields_validated");
        assertThat(unmet.agent("tests").status()).isEqualTo(AgentStatus.FAILED);

        final CoordinationResult met = manager.coordinateWorkflow(
                CoordinationTerms.of("met"),
                new MixedPipeline(),
                assignments,
                turn -> AgentResult.of("done").withOutput("all_fields_validated", true));
        assertThat(met.isSuccess()).as("%s", met.agents()).isTrue();
    }

    @Test
    void shouldTryAgainWhatIsBelowItsThreshold() {
        final AgentAssignments strict = AgentAssignments.of()
                .agent("ann", Assignment.of(""))
                .allocate("ann", Map.of("quality_threshold", 0.9));
        final CoordinationResult result = manager.coordinateWorkflow(
                CoordinationTerms.of("strict"),
                new SequentialPipeline(),
                strict,
                turn -> AgentResult.of("", turn.attempt() == 1 ? 0.85 : 0.9));
        assertThat(result.agent("ann").attempts()).isEqualTo(2);
        assertThat(result.isSuccess()).isTrue();
    }

    /** One that is left out has not reached what it was to reach, and yet who depends on it goes on. */
    @Test
    void shouldNotJudgeWhoIsLeftOut() {
        final ConditionalRule rule =
                ConditionalRule.of("skip", "Skip", "current_task", "==", "optional", RoutingDecision.SKIP);
        final CoordinationResult result = manager.withRouting(
                        Routing.empty().with(ConditionalRouter.of(rule)))
                .coordinateWorkflow(
                        CoordinationTerms.of("skip"),
                        new MixedPipeline(),
                        AgentAssignments.of()
                                .agent("optional", Assignment.of("").successCriteria(Map.of("min_quality", 0.95)))
                                .agent("next", Assignment.of("").dependencies("optional")),
                        turn -> AgentResult.of("ok"));
        assertThat(result.isSuccess()).as("%s", result.agents()).isTrue();
        assertThat(result.agent("optional").status()).isEqualTo(AgentStatus.SKIPPED);
    }

    @Test
    void shouldBeginNothingWhenAnAssignmentCannotBe() {
        assertThatThrownBy(() -> manager.coordinateWorkflow(
                        CoordinationTerms.of("wrong"),
                        new MixedPipeline(),
                        AgentAssignments.of().sharing("type_registri", Map.of()).agent("a", Assignment.of("")),
                        turn -> AgentResult.of("ok")))
                .isInstanceOf(InvalidContextException.class)
                .hasMessageContaining("type_registry");
        assertThat(kernel.findCoordination("wrong")).isNull();
    }
}
