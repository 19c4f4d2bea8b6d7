package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.agent.AgentMatch;
import io.signalbox.kernel.agent.AgentTask;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.metrics.MetricNames;
import io.signalbox.kernel.metrics.MetricsConfig;
import io.signalbox.kernel.routing.Consolidation;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingSettings;
import io.signalbox.kernel.routing.router.PriorityRouter;
import io.signalbox.kernel.routing.router.Router;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StatePredicate;
import io.signalbox.kernel.state.StateSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the systems before us promised and did not do, what their documents and sources disagreed about, and what their defects demand:
 * each shown once, through the front door. The rooms' own tests go deeper.
 */
class PromisesTest {
    private static final KernelConfig CONFIG = KernelConfig.standard().withLimits(MachineLimits.small()).withMetrics(MetricsConfig.on());
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final StateKey<Long> COUNT = StateKey.number("count");

    private final MemoryJournal journal = new MemoryJournal();
    private final Kernel kernel = Kernel.launch(CONFIG, journal);
    private final Coordination session = kernel.coordination("session");

    @AfterEach
    void close() {
        kernel.close();
    }

    // ------------------------------------------------------------------ routing

    private static Router saying(final String name, final RoutingDecision decision, final double confidence) {
        return Router.of(name, (context, state) -> Opinion.of(decision, confidence, "because"));
    }

    @Test
    @Conforms({"DIFF-6", "FUTURE-20"})
    void shouldConsolidateBySeverityOrByConfidenceOnRequest() {
        final Routing both = Routing.empty()
                .with(saying("cautious", RoutingDecision.RETRY, 0.2))
                .with(saying("sure", RoutingDecision.CONTINUE, 0.9));
        assertThat(session.routing(both).route(Map.of(), "a").decision()).isEqualTo(RoutingDecision.RETRY);
        final Routing weighted =
                both.with(RoutingSettings.standard().withConsolidation(Consolidation.WEIGHTED));
        assertThat(session.routing(weighted).route(Map.of(), "b").decision()).isEqualTo(RoutingDecision.CONTINUE);
    }

    @Test
    @Conforms("DIFF-7")
    void shouldCountAFailingRouterAsAnError() {
        final Router failing = Router.of("failing", (context, state) -> {
            throw new IllegalStateException("broken");
        });
        assertThat(session.routing(Routing.empty().with(failing).with(new PriorityRouter()))
                        .route(Map.of(), "a")
                        .decision())
                .isEqualTo(RoutingDecision.ERROR);
    }

    // ------------------------------------------------------------------ agents

    @Test
    @Conforms("DIFF-8")
    void shouldNeverMatchByWhatIsNoLongerSo() {
        kernel.agents().register("ann", "python").orThrow();
        kernel.agents().register("ben", "python").orThrow();
        final AgentTask task = AgentTask.needing("python");
        final AgentMatch first = kernel.agents().match(task);
        assertThat(kernel.agents().match(task).best().agent().id()).isEqualTo(first.best().agent().id());
        kernel.agents().unregister(first.best().agent().id()).orThrow();
        assertThat(kernel.agents().match(task).best().agent().id()).isNotEqualTo(first.best().agent().id());
    }

    // ------------------------------------------------------------------ state

    @Test
    @Conforms({"DIFF-9", "REQ-5"})
    void shouldLoseNoUpdateOfWhoeverWrites() throws Exception {
        session.state().set(COUNT, 0L).orThrow();
        final List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writers.add(CompletableFuture.runAsync(() -> {
                for (int j = 0; j < 250; j++) {
                    session.state().compute(COUNT, before -> before + 1).orThrow();
                }
            }));
        }
        for (final CompletableFuture<Void> writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }
        assertThat(session.state().get(COUNT)).isEqualTo(1000);
    }

    @Test
    @Conforms("DIFF-10")
    void shouldRollBackToAnyVersionThatIsHeld() {
        final State state = session.state();
        state.set(COUNT, 1L).orThrow();
        state.set(COUNT, 2L).orThrow();
        state.clear().orThrow();
        state.rollback(2).orThrow();
        assertThat(state.get(COUNT)).isEqualTo(2);
        state.rollback(0).orThrow();
        assertThat(state.keys()).isEmpty();
        state.rollback(1).orThrow();
        assertThat(state.get(COUNT)).isEqualTo(1);
        assertThat(state.version()).isEqualTo(6);
    }

    @Test
    @Conforms({"FUTURE-10", "FUTURE-11"})
    void shouldReadAStateWithoutACopyWhileItIsWritten() {
        session.state().set(COUNT, 1L).orThrow();
        final StateSnapshot before = session.snapshot();
        assertThat(session.snapshot()).as("a reference, not a copy").isSameAs(before);
        session.state().set(COUNT, 2L).orThrow();
        assertThat(session.state().get(before, COUNT)).isEqualTo(1);
        assertThat(session.state().get(COUNT)).isEqualTo(2);
    }

    @Test
    @Conforms("FUTURE-9")
    void shouldEndAWaitForAStateByItsTimeByName() {
        final StateWait wait = session.state().awaits("count", isTwo(), SOON);
        assertThat(wait.await()).isInstanceOf(Outcome.Expired.class);
    }

    private static StatePredicate isTwo() {
        return StatePredicate.is(StateOperator.EQUAL, 2L);
    }

    /** What is in the journal is there again for another kernel, on another machine if need be. */
    @Test
    @Conforms({"FUTURE-42", "FUTURE-22"})
    void shouldKeepStateAndContextsBeyondTheProcess() {
        session.state().set(COUNT, 7L).orThrow();
        distribute();
        kernel.close();
        try (Kernel next = Kernel.launch(CONFIG, journal.reopened())) {
            final Coordination again = next.findCoordination("session");
            assertThat(again.state().get(COUNT)).isEqualTo(7);
            assertThat(again.contexts().get("ann").agentAssignment().objective()).isEqualTo("Generate models");
        }
    }

    // ------------------------------------------------------------------ contexts

    private void distribute() {
        session.contexts()
                .distribute(ContextDistribution.forSession("s")
                        .share(Map.of("type_registry", Map.of("UserId", "str")))
                        .agent("ann", Map.of("objective", "Generate models"))
                        .agent("ben", Map.of("dependencies", List.of("ann"))));
    }

    @Test
    @Conforms("FUTURE-21")
    void shouldShareWhatAgentsHaveInCommon() {
        distribute();
        assertThat(session.contexts().get("ann").sharedIntelligence())
                .isSameAs(session.contexts().get("ben").sharedIntelligence());
    }

    @Test
    @Conforms("FUTURE-23")
    void shouldTellAgentsTheDifference() {
        distribute();
        session.contexts()
                .updateSharedIntelligence(
                        ContextUpdateRequest.of("type_registry", Map.of("Order", "class Order")).to("ben"));
        assertThat(session.contexts().changesSince("ben", 1).get(0).changed()).containsOnlyKeys("Order");
        final PastSignal told = session.signals()
                .history(HistoryFilter.all().type("context_updated"))
                .get(0);
        assertThat(told.recipients()).containsExactly("ben");
        assertThat(told.payload() + told.text()).contains("class Order").doesNotContain("UserId");
    }

    @Test
    @Conforms({"DIFF-12", "REQ-6", "FUTURE-28"})
    void shouldUseOneDocumentForContextsAndWaits() {
        session.contexts()
                .distribute(ContextDistribution.forSession("s")
                        .agent(
                                "ben",
                                Map.of(
                                        "dependencies",
                                        List.of(
                                                "ann",
                                                Map.of("type", "quality_gate", "target", "lint", "threshold", 0.5)))));
        final DependencyDocument document = session.contexts().get("ben").dependencies();
        assertThat(document.entries()).extracting(DependencyDocument.Entry::kind).containsExactly(
                DependencyKind.AGENT_COMPLETION, DependencyKind.QUALITY_GATE);
        final DependencySet waits = session.waits().declare(document);
        session.complete("ann", "done");
        session.scoreGate("lint", 0.5);
        assertThat(waits.await(LONG)).isTrue();
    }

    // ------------------------------------------------------------------ dependencies

    @Test
    @Conforms({"REQ-3", "REQ-4"})
    void shouldFailAtOnceWhoNeedsTheSuccessOfWhatFailed() {
        final Dependency needsSuccess = session.awaitsCompletion("ann", LONG);
        final Dependency needsTheEnd = session.awaitsEnd("ann", LONG);
        session.fail("ann", "no luck");
        assertThat(needsSuccess.await()).isInstanceOf(Outcome.Failed.class);
        assertThat(needsTheEnd.await().isResolved()).isTrue();
    }

    @Test
    @Conforms("DIFF-13")
    void shouldAskForAResourceWithoutWaiting() {
        assertThat(session.checksResource("gpu").poll()).isInstanceOf(Outcome.Failed.class);
        session.markResource("gpu", true);
        assertThat(session.checksResource("gpu").poll().isResolved()).isTrue();
    }

    @Test
    @Conforms("DIFF-14")
    void shouldObeyRetriesRequiredSuccessAndThresholds() {
        final DependencySet waits = session.waits()
                .declare(DependencyDocument.of("ben")
                        .completion("ended", "ann")
                        .endSuffices()
                        .resource("most", "gpu")
                        .threshold(0.75)
                        .gate("late", "lint", 0.9)
                        .timeout(SOON)
                        .retries(1)
                        .build());
        session.fail("ann", "no luck");
        session.waits().markResource("gpu", 0.5);
        assertThat(waits.wait("ended").await().isResolved()).isTrue();
        assertThat(waits.wait("most").poll()).isInstanceOf(Outcome.TimedOut.class);
        session.waits().markResource("gpu", 0.75);
        assertThat(waits.wait("most").await().isResolved()).isTrue();
        assertThat(waits.wait("late").await()).isInstanceOf(Outcome.Expired.class);
        assertThat(session.waits().status("late").retries()).isEqualTo(1);
    }

    @Test
    @Conforms({"FUTURE-24", "FUTURE-25", "FUTURE-27", "FUTURE-29"})
    void shouldResolveAllKindsAtTheSameTimeAndForWhoAsksLater() {
        final DependencySet waits = session.waits()
                .declare(DependencyDocument.of("ben")
                        .completion("model", "ann")
                        .approval("go", "release")
                        .signal("plan", "plan_ready")
                        .anyOf("either", "go", "plan")
                        .build());
        final Dependency added = session.awaitsResource("gpu", LONG);
        session.waits().approve("release", "cho", "looks fine").orThrow();
        session.complete("ann", "done");
        session.markResource("gpu", true);
        assertThat(waits.await(LONG)).isTrue();
        assertThat(added.await().isResolved()).isTrue();
        assertThat(session.awaitsCompletion("ann", LONG).poll().isResolved())
                .as("it stays so")
                .isTrue();
    }

    @Test
    @Conforms("FUTURE-26")
    void shouldDrawWhoWaitsForWhom() {
        session.waits().awaitsCompletion("ben", "ann", LONG);
        session.waits().awaitsCompletion("ann", "ben", LONG);
        final WaitGraph graph = session.waits().graph();
        assertThat(graph.toDot()).startsWith("digraph").contains("ann", "ben");
        assertThat(graph.lastDeadlock()).contains("ann", "ben");
    }

    // ------------------------------------------------------------------ sync

    @Test
    @Conforms({"DIFF-25", "FUTURE-41", "REQ-13"})
    void shouldEnforceTheTimeAndTheFailuresOfSyncPoints() {
        session.sync().createSyncPoint("review", List.of("ann", "ben"), 2, SOON).orThrow();
        assertThat(session.sync().waitForSyncPoint("review").await()).isInstanceOf(Outcome.Expired.class);
        session.sync().createSyncPoint("merge", List.of("ann", "ben"), 2, LONG).orThrow();
        final Dependency merge = session.sync().waitForSyncPoint("merge");
        session.fail("ann", "no luck");
        assertThat(merge.await()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    @Conforms("FUTURE-30")
    void shouldGiveBarriersEventsAndConditionsTimesAndGenerations() {
        final CoordinationSync sync = session.sync();
        sync.createBarrier("phase", List.of("ann", "ben"), SOON).orThrow();
        assertThat(sync.waitAtBarrier("phase", "ann").await()).isInstanceOf(Outcome.Failed.class);
        sync.resetBarrier("phase").orThrow();
        sync.createEvent("ready").orThrow();
        assertThat(sync.waitForEvent("ready", SOON).await()).isInstanceOf(Outcome.Expired.class);
        sync.createCondition("changed").orThrow();
        assertThat(sync.waitForChange("changed", SOON).await()).isInstanceOf(Outcome.Expired.class);
        sync.notifyAllOf("changed").orThrow();
        assertThat(sync.status("changed").generation()).isPositive();
    }

    @Test
    @Conforms("NAME-15")
    void shouldTellOfSyncPointsByTheNamesAndFieldsOfOldEvents() {
        session.sync().createSyncPoint("join", List.of("ann"), 1, LONG).orThrow();
        session.complete("ann", "done");
        assertThat(session.signals()
                        .history(HistoryFilter.all().type("coordination.sync.created"))
                        .get(0)
                        .text())
                .contains("\"sync_id\"", "\"required_count\"", "\"waiting_task_ids\"");
        assertThat(session.signals()
                        .history(HistoryFilter.all().type("coordination.sync.ready"))
                        .get(0)
                        .text())
                .contains("\"sync_id\"", "\"completed_count\"", "\"required_count\"");
    }

    // ------------------------------------------------------------------ names of what is measured

    @Test
    @Conforms({"NAME-10", "NAME-13"})
    void shouldMeasureSignalsAndDependenciesUnderTheNamesOfTheOriginals() {
        final Subscription reader = kernel.subscribe();
        final Dependency wait = session.awaitsCompletion("ann", LONG);
        session.complete("ann", "done");
        assertThat(wait.await().isResolved()).isTrue();
        assertThat(reader.poll()).isNotNull();
        assertThat(kernel.metrics().snapshot().counter(MetricNames.SIGNALS_SENT)).isEqualTo(1);
        assertThat(kernel.metrics().snapshot().counter(MetricNames.SIGNALS_RECEIVED)).isEqualTo(1);
        assertThat(kernel.metrics().snapshot().timing(MetricNames.SIGNAL_PROPAGATION_TIME)).isPresent();
        assertThat(kernel.metrics().snapshot().timing(MetricNames.DEPENDENCY_RESOLUTION_TIME)).isPresent();
    }
}
