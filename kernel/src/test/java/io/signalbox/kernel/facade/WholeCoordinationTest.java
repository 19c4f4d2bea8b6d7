package io.signalbox.kernel.facade;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.CoordinationTerms;
import io.signalbox.kernel.HistoryFilter;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Routing;
import io.signalbox.kernel.RoutingResult;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.router.ConditionalRouter;
import io.signalbox.kernel.routing.router.ConditionalRule;
import io.signalbox.kernel.routing.router.ParallelRouter;
import io.signalbox.kernel.routing.router.ParallelizationHint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                    return AgentResult.of("ok", 0.5);
                });
        assertThat(result.isSuccess()).isTrue();
        assertThat(kernel.agents().get("ann").activeTasks()).isZero();
        assertThat(kernel.agents().get("ann").succeeded()).isEqualTo(1);
        assertThat(kernel.agents().get("ann").meanQuality()).isEqualTo(0.5);
    }

    @Test
    void shouldFailAnAgentWhoseTaskTheRegistryRefuses() {
        kernel.agents()
                .register(io.signalbox.kernel.agent.AgentProfile.of("ann", "python").withTasksMax(1))
                .orThrow();
        try (CoordinationSession other = manager.startCoordination("other")) {
            kernel.agents().assign(other.coordination(), "ann").orThrow();
            final CoordinationResult result = manager.coordinateWorkflow(
                    "busy", AgentAssignments.of().agent("ann", Assignment.of("")), turn -> AgentResult.of("ok"));
            assertThat(result.agent("ann").status()).isEqualTo(AgentStatus.FAILED);
            assertThat(result.agent("ann").reason()).startsWith("the registry refused the task");
        }
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
}
