package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.routing.Consolidation;
import io.signalbox.kernel.routing.FailingRouter;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RouterOpinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingSettings;
import io.signalbox.kernel.routing.RoutingStrategy;
import io.signalbox.kernel.routing.router.ConditionalRouter;
import io.signalbox.kernel.routing.router.ConditionalRule;
import io.signalbox.kernel.routing.router.ParallelRouter;
import io.signalbox.kernel.routing.router.ParallelizationHint;
import io.signalbox.kernel.routing.router.PriorityRouter;
import io.signalbox.kernel.routing.router.Router;
import io.signalbox.kernel.routing.router.RoutingContext;
import io.signalbox.kernel.routing.router.StateAnalysis;
import io.signalbox.kernel.routing.router.StateAnalysisRouter;
import io.signalbox.kernel.state.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case of the routers that these semantics come from, through the front door. */
class RoutingConformanceTest {
    private Kernel kernel;
    private Coordination session;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(KernelConfig.standard());
        session = kernel.coordination("session");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private RoutingResult route(final Router router, final Map<String, ?> state) {
        return session.routing(Routing.empty().with(router)).route(state, "build");
    }

    private static ConditionalRule rule(
            final String id,
            final String key,
            final String operator,
            final Object value,
            final RoutingDecision decision) {
        return ConditionalRule.of(id, "rule " + id, key, operator, value, decision);
    }

    private static Router rules(final ConditionalRule... rules) {
        return ConditionalRouter.of(rules);
    }

    @Test
    @Conforms("T-ROUTE-01")
    void shouldApplyARule() {
        final RoutingResult result = route(
                rules(rule("r1", "status", "==", "active", RoutingDecision.CONTINUE)
                        .withPriority(90)),
                Map.of("status", "active"));
        assertThat(result.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(result.confidence()).isEqualTo(1.0);
        assertThat(result.strategy()).isEqualTo(RoutingStrategy.CONDITIONAL);
        assertThat(result.reasoning()).contains("rule r1").contains("status == 'active'");
    }

    @Test
    @Conforms("T-ROUTE-03")
    void shouldApplyARuleOnAList() {
        final RoutingResult result = route(
                rules(rule("r1", "phase", "in", List.of("validation", "testing"), RoutingDecision.SKIP)
                        .withPriority(80)),
                Map.of("phase", "validation"));
        assertThat(result.decision()).isEqualTo(RoutingDecision.SKIP);
        assertThat(result.confidence()).isEqualTo(1.0);
    }

    @Test
    @Conforms("T-ROUTE-04")
    void shouldApplyTheRuleOfHigherPriority() {
        final RoutingResult result = route(
                rules(
                        rule("low_priority", "x", ">", 0, RoutingDecision.CONTINUE)
                                .withPriority(50),
                        rule("high_priority", "x", ">", 0, RoutingDecision.END).withPriority(90)),
                Map.of("x", 1));
        assertThat(result.decision()).isEqualTo(RoutingDecision.END);
        assertThat(result.metadata()).containsEntry("rule_id", "high_priority").containsEntry("rule_priority", 90L);
    }

    @Test
    @Conforms({"T-ROUTE-05", "T-ROUTE-06"})
    void shouldGoOnWhenNoRuleApplies() {
        final Router router = rules(rule("r1", "status", "==", "inactive", RoutingDecision.END));
        final RoutingResult other = route(router, Map.of("status", "active"));
        assertThat(other.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(other.confidence()).isEqualTo(0.5);
        assertThat(other.reasoning()).isEqualTo("No conditional rules matched");
        assertThat(route(router, Map.of()).decision()).isEqualTo(RoutingDecision.CONTINUE);
    }

    @Test
    @Conforms("T-ROUTE-09")
    void shouldRunNothingInParallelWhenAllIsDone() {
        assertThat(route(
                                ParallelRouter.of(ParallelizationHint.of("build", "test")),
                                Map.of("completed_tasks", List.of("build", "test")))
                        .decision())
                .isEqualTo(RoutingDecision.CONTINUE);
    }

    @Test
    @Conforms("T-ROUTE-10")
    void shouldCheckNoHintWhereThereIsNone() {
        final RoutingResult result = route(new ParallelRouter(), Map.of());
        assertThat(result.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(result.metadata()).containsEntry("hints_checked", 0L);
    }

    @Test
    @Conforms("T-ROUTE-11")
    void shouldRetryAStateWithErrors() {
        final RoutingResult result = route(new StateAnalysisRouter(), Map.of("error_count", 3, "status", "failed"));
        assertThat(result.decision()).isEqualTo(RoutingDecision.RETRY);
        assertThat(result.confidence()).isGreaterThanOrEqualTo(0.9);
        assertThat(result.reasoning()).contains("contains errors");
        assertThat(result.metadata()).containsEntry("has_errors", true);
    }

    @Test
    @Conforms("T-ROUTE-12")
    void shouldSkipAStateWithIncompleteData() {
        final RoutingResult result = route(new StateAnalysisRouter(), Collections.singletonMap("required_data", null));
        assertThat(result.decision()).isEqualTo(RoutingDecision.SKIP);
        assertThat(result.reasoning()).contains("incomplete data");
    }

    @Test
    @Conforms("T-ROUTE-13")
    void shouldBranchOnAComplexState() {
        final Map<String, Object> state = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            state.put("key_" + i, Map.of("a", Map.of("b", Map.of("c", i))));
        }
        final RoutingResult result =
                route(new StateAnalysisRouter(StateAnalysis.standard().withMaxComplexityScore(0.5)), state);
        assertThat(result.decision()).isEqualTo(RoutingDecision.BRANCH);
        assertThat(result.metadata()).containsEntry("key_count", 100L).containsEntry("max_depth", 4L);
        assertThat((double) result.metadata().get("complexity_score")).isGreaterThan(0.5);
    }

    @Test
    @Conforms("T-ROUTE-14")
    void shouldGoOnWithASimpleState() {
        final RoutingResult result = route(new StateAnalysisRouter(), Map.of("a", 1, "b", 2, "c", 3));
        assertThat(result.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(result.confidence()).isGreaterThanOrEqualTo(0.8);
        assertThat(result.reasoning()).contains("within normal range");
    }

    @Test
    @Conforms("T-ROUTE-15")
    void shouldMeasureComplexity() {
        final RoutingResult result =
                route(new StateAnalysisRouter(), Map.of("a", 1, "b", Map.of("c", Map.of("d", 2)), "e", List.of(1, 2)));
        assertThat(result.metadata()).containsEntry("key_count", 3L);
        assertThat((long) result.metadata().get("max_depth")).isGreaterThanOrEqualTo(2);
        assertThat((double) result.metadata().get("complexity_score")).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @CsvSource({"90, CONTINUE, 0.9, High-priority", "10, SKIP, 0.8, Low-priority", "50, CONTINUE, 0.7, Medium-priority"
    })
    @Conforms({"T-ROUTE-16", "T-ROUTE-17", "T-ROUTE-18"})
    void shouldJudgeByPriority(
            final int priority, final RoutingDecision decision, final double confidence, final String word) {
        final RoutingResult result = route(new PriorityRouter(), Map.of("task_priority", priority));
        assertThat(result.decision()).isEqualTo(decision);
        assertThat(result.confidence()).isGreaterThanOrEqualTo(confidence);
        assertThat(result.reasoning()).contains(word);
        assertThat(result.metadata()).containsEntry("priority", (long) priority);
    }

    @Test
    @Conforms("T-ROUTE-19")
    void shouldTakeThePriorityOfTheCaller() {
        final RoutingResult result = session.routing(Routing.empty().with(new PriorityRouter()))
                .route(Map.of(), RoutingContext.of("build").withCustomData(Map.of("priority", 95)));
        assertThat(result.metadata()).containsEntry("priority", 95L);
    }

    @Test
    @Conforms("T-ROUTE-20")
    void shouldRemoveARouter() {
        final SmartRoutingOrchestrator routing = session.routing(Routing.empty());
        routing.addRouter(rules());
        routing.addRouter(new ParallelRouter());
        assertThat(routing.removeRouter("conditional")).isTrue();
        assertThat(routing.removeRouter("conditional")).isFalse();
        assertThat(routing.routing().routers()).extracting(Router::name).containsExactly("parallel");
    }

    @Test
    @Conforms({"T-ROUTE-21", "T-ROUTE-30"})
    void shouldTellWhatARoutingCame() {
        final SmartRoutingOrchestrator routing =
                session.routing(Routing.empty().with(rules(rule("r", "a", "==", 1, RoutingDecision.CONTINUE))));
        final RoutingResult result = routing.route(Map.of("a", 1), "build");
        assertThat(result.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(result.confidence()).isEqualTo(1);
        assertThat(result.reasoning()).isNotEmpty();
        assertThat(result.routingTimeMs()).isPositive();
        assertThat(result.routersEvaluated()).isEqualTo(1);
        assertThat(routing.getStats().totalRoutings()).isEqualTo(1);
        assertThat(routing.getStats().maxRoutingTimeNs()).isEqualTo(result.routingTimeNs());
    }

    @Test
    @Conforms({"T-ROUTE-22", "T-ROUTE-33"})
    void shouldDecideFarBelowFiveMilliseconds() {
        final SmartRoutingOrchestrator routing = session.routing(Routing.standard());
        for (int i = 0; i < 100; i++) {
            routing.route(Map.of("a", i), "build");
        }
        assertThat(routing.getStats().totalRoutings()).isEqualTo(100);
        assertThat(routing.getStats().avgRoutingTimeNs()).isLessThan(5_000_000);
    }

    @Test
    @Conforms({"T-ROUTE-25", "T-ROUTE-28", "REQ-8"})
    void shouldTellTheHistoryOfATaskAndForgetIt() {
        final SmartRoutingOrchestrator routing = session.routing(Routing.standard());
        routing.route(Map.of(), "a");
        routing.route(Map.of(), "b");
        routing.route(Map.of(), RoutingContext.of("a").withCorrelationId("c-7").withExecutionTimeMs(12));
        assertThat(routing.getHistory("a", 100)).hasSize(2);
        assertThat(routing.getHistory("a", 1)).singleElement().satisfies(record -> {
            assertThat(record.correlationId()).isEqualTo("c-7");
            assertThat(record.executionTimeMs()).isEqualTo(12);
            assertThat(record.result().routingId()).isEqualTo(3);
            assertThat(record.result().opinions()).hasSize(4);
            assertThat(record.consolidation()).isEqualTo(Consolidation.SEVERITY);
        });
        assertThat(routing.clearHistory().isAccepted()).isTrue();
        assertThat(routing.getHistory(100)).isEmpty();
    }

    @Test
    @Conforms("T-ROUTE-29")
    void shouldGoOnWithoutRouters() {
        final RoutingResult result = session.routing(Routing.empty()).route(Map.of(), "build");
        assertThat(result.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(result.confidence()).isEqualTo(0.5);
        assertThat(result.reasoning()).isEqualTo("No routers available");
        assertThat(result.strategy()).isEqualTo(RoutingStrategy.PRIORITY);
    }

    @Test
    @Conforms("T-ROUTE-31")
    void shouldLookAtTheStateOfTheCoordination() {
        session.set("error_count", 2);
        session.set("plan", ValueType.JSON, "{\"next\": [\"repair\"]}".getBytes(StandardCharsets.UTF_8), -1);
        final SmartRoutingOrchestrator routing = session.routing(Routing.standard());
        assertThat(routing.route("build").decision()).isEqualTo(RoutingDecision.RETRY);
        routing.addRouter(rules(rule("r", "plan.next.0", "==", "repair", RoutingDecision.CONDITIONAL)));
        session.delete("error_count");
        final RoutingResult result = routing.route("build");
        assertThat(result.decision()).isEqualTo(RoutingDecision.CONDITIONAL);
        assertThat(routing.getHistory(1).get(0).stateVersion()).isEqualTo(3);
    }

    @Test
    @Conforms("T-ROUTE-32")
    void shouldDecideByTenRules() {
        final ConditionalRule[] rules = new ConditionalRule[10];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = rule("r" + i, "status", "==", "value_" + i, RoutingDecision.CONTINUE)
                    .withPriority(90 - i);
        }
        assertThat(route(rules(rules), Map.of("status", "value_5")).metadata()).containsEntry("rule_id", "r5");
    }

    // ------------------------------------------------------------------ what nobody tested before

    /** The originals let a matched rule that says CONTINUE win over an error, and PARALLEL and SKIP never win. */
    @ParameterizedTest
    @CsvSource({
        "SEVERITY, rules+errors, RETRY",
        "WEIGHTED, rules+errors, CONTINUE",
        "SEVERITY, parallel+calm, PARALLEL",
        "WEIGHTED, parallel+calm, CONTINUE",
        "SEVERITY, low+calm, SKIP",
        "WEIGHTED, low+calm, CONTINUE",
        "SEVERITY, norule+parallel, PARALLEL",
        "WEIGHTED, norule+parallel, PARALLEL",
        "SEVERITY, norule+low, SKIP",
        "WEIGHTED, norule+low, CONTINUE"
    })
    @Conforms({"GAP-ROUTE-10", "DIFF-6", "REQ-8"})
    void shouldConsolidateEveryPairAsThePolicySays(
            final Consolidation policy, final String pair, final RoutingDecision decision) {
        Routing routing = Routing.empty().with(RoutingSettings.standard().withConsolidation(policy));
        final Map<String, Object> state = new HashMap<>();
        for (final String part : pair.split("\\+")) {
            switch (part) {
                case "rules" -> {
                    routing = routing.with(rules(rule("r", "x", "==", 1, RoutingDecision.CONTINUE)));
                    state.put("x", 1);
                }
                case "norule" -> routing = routing.with(rules(rule("r", "x", "==", 1, RoutingDecision.END)));
                case "errors" -> {
                    routing = routing.with(new StateAnalysisRouter());
                    state.put("error_count", 1);
                }
                case "calm" -> routing = routing.with(new StateAnalysisRouter());
                case "parallel" -> routing = routing.with(ParallelRouter.of(ParallelizationHint.of("build", "test")));
                default -> {
                    routing = routing.with(new PriorityRouter());
                    state.put("task_priority", 5);
                }
            }
        }
        assertThat(session.routing(routing).route(state, "build").decision()).isEqualTo(decision);
    }

    @Test
    @Conforms({"GAP-ROUTE-5", "DIFF-7"})
    void shouldCountAThrowingRouterAsAnErrorOrLetItAbstain() {
        final Router broken = Router.of("broken", (context, state) -> {
            throw new IllegalStateException("no connection");
        });
        final Router mute = Router.of("mute", (context, state) -> null);
        final Routing both = Routing.empty().with(broken).with(mute).with(new PriorityRouter());
        final RoutingResult error = session.routing(both).route(Map.of(), "build");
        assertThat(error.decision()).isEqualTo(RoutingDecision.ERROR);
        assertThat(error.reasoning()).contains("Router failed").contains("no connection");
        assertThat(error.agreeing()).extracting(RouterOpinion::router).containsExactly("broken", "mute");

        final RoutingResult abstained = session.routing(
                        both.with(RoutingSettings.standard().withFailingRouter(FailingRouter.ABSTAINS)))
                .route(Map.of(), "build");
        assertThat(abstained.decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(abstained.opinions()).hasSize(3);
        assertThat(session.routing(both).getStats().routersFailed()).isEqualTo(4);
    }

    @Test
    void shouldTakeAnOpinionOutOfRangeForAFailure() {
        final Router odd =
                Router.of("odd", (context, state) -> Opinion.of(RoutingDecision.SKIP, Double.NaN, "because"));
        final RoutingResult result = session.routing(Routing.empty().with(odd)).route(Map.of(), "build");
        assertThat(result.decision()).isEqualTo(RoutingDecision.ERROR);
        assertThat(result.reasoning()).contains("confidence must be in 0..1: NaN");
    }

    @Test
    @Conforms({"GAP-ROUTE-9", "REQ-8"})
    void shouldRetryThreeTimesInARowAndThenCallItAnError() {
        final SmartRoutingOrchestrator routing = session.routing(Routing.standard());
        final Map<String, ?> failing = Map.of("error_count", 1);
        for (int attempt = 1; attempt <= 3; attempt++) {
            final RoutingResult result = routing.route(failing, "build");
            assertThat(result.decision()).isEqualTo(RoutingDecision.RETRY);
            assertThat(result.retries()).isEqualTo(attempt);
            assertThat(result.metadata()).containsEntry("rule_id", "error_retry");
        }
        final RoutingResult last = routing.route(failing, "build");
        assertThat(last.decision()).isEqualTo(RoutingDecision.ERROR);
        assertThat(last.retriesExhausted()).isTrue();
        assertThat(last.reasoning()).startsWith("Retries exhausted");
        assertThat(routing.route(failing, "build").decision()).isEqualTo(RoutingDecision.ERROR);
        assertThat(routing.route(failing, "other").decision()).isEqualTo(RoutingDecision.RETRY);
        assertThat(routing.resetRetries("build").value()).isEqualTo(3);
        assertThat(routing.route(failing, "build").decision()).isEqualTo(RoutingDecision.RETRY);
        assertThat(routing.route(Map.of(), "build").decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThat(routing.retries("build")).isZero();
    }

    @Test
    void shouldCountAnOpinionGivenBeforehand() {
        final SmartRoutingOrchestrator routing = session.routing(Routing.standard());
        final Router far = Router.of("far away", (context, state) -> null);
        final Opinion no =
                Opinion.of(RoutingDecision.END, 0.8, "the budget is spent").withNextTask("report");
        assertThat(routing.giveOpinion("build", far, no).value()).isEqualTo(1);
        final RoutingResult result = routing.route(Map.of(), "build");
        assertThat(result.decision()).isEqualTo(RoutingDecision.END);
        assertThat(result.decidedBy().router()).isEqualTo("far away");
        assertThat(result.nextTask()).isEqualTo("report");
        assertThat(result.routersEvaluated()).isEqualTo(5);
        assertThat(routing.route(Map.of(), "build").routersEvaluated()).isEqualTo(4);
    }

    @Test
    @Conforms("FUTURE-20")
    void shouldMergeWhatAgreeingRoutersSay() {
        final Router one = Router.of(
                "one",
                (context, state) ->
                        Opinion.of(RoutingDecision.PARALLEL, 0.5, "1").withTasks(List.of("a", "b")));
        final Router two = Router.of(
                "two",
                (context, state) ->
                        Opinion.of(RoutingDecision.PARALLEL, 0.9, "2").withTasks(List.of("b", "c")));
        final RoutingResult result =
                session.routing(Routing.empty().with(one).with(two)).route(Map.of(), "build");
        assertThat(result.decidedBy().router()).isEqualTo("two");
        assertThat(result.parallelTasks()).containsExactly("a", "b", "c");
    }

    @Test
    @Conforms("GAP-ROUTE-12")
    void shouldRefuseWhatCannotBeRouted() {
        final SmartRoutingOrchestrator routing = session.routing(Routing.standard());
        assertThatThrownBy(() -> routing.route(Map.of(), ""))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining(Rejection.INVALID_VALUE.reason());
        assertThatThrownBy(() -> routing.route(Map.of(), "x".repeat(257)))
                .hasMessageContaining(Rejection.TOO_LONG.reason());
        assertThat(routing.route(Map.of(), "\u4e2d".repeat(256)).decision()).isEqualTo(RoutingDecision.CONTINUE);
        assertThatThrownBy(() -> routing.route(Map.of(), RoutingContext.of("a").withCorrelationId("x".repeat(257))))
                .hasMessageContaining(Rejection.TOO_LONG.reason());
        assertThatThrownBy(() -> RoutingContext.of("a").withRetryCount(-1))
                .hasMessage("retryCount must be 0 or more: -1");
        assertThatThrownBy(() -> RoutingContext.of("a").withExecutionTimeMs(-1))
                .hasMessage("executionTimeMs must be 0 or more: -1");
        assertThatThrownBy(() -> routing.getHistory(-1)).hasMessage("limit must be 0 or more: -1");
        session.close();
        assertThatThrownBy(() -> routing.route(Map.of(), "build"))
                .hasMessageContaining(Rejection.UNKNOWN_COORDINATION.reason());
        assertThat(routing.getHistory(9)).isEmpty();
        assertThat(routing.getStats().totalRoutings()).isZero();
    }

    @Test
    void shouldRefuseSetsOfRoutersThatCannotBe() {
        final Router one = Router.of("one", (context, state) -> null);
        assertThatThrownBy(() -> Router.of("", (context, state) -> null)).hasMessageContaining("the name of a router");
        assertThatThrownBy(() -> Router.of("x", 101, (context, state) -> null))
                .hasMessage("the weight of router 'x' must be in 0..100: 101");
        assertThatThrownBy(() -> new Routing(RoutingSettings.standard(), List.of(one, one)))
                .hasMessage("two routers are called 'one'");
        assertThatThrownBy(() -> new Routing(RoutingSettings.standard(), Collections.nCopies(17, one)))
                .hasMessage("up to 16 routers may be asked, not 17");
        assertThatThrownBy(() -> RoutingSettings.standard().withRetriesMax(256))
                .hasMessage("retriesMax must be in 0..255: 256");
        assertThatThrownBy(() -> RoutingSettings.standard().whenExhausted(RoutingDecision.SKIP))
                .hasMessage("whenExhausted must be ERROR or END: SKIP");
        assertThat(Routing.empty().with(one).with(one).routers()).hasSize(1);
    }
}
