package io.signalbox.kernel.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.CoordinationTerms;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Routing;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.recovery.ErrorRecoveryOrchestrator;
import io.signalbox.kernel.recovery.ErrorType;
import io.signalbox.kernel.recovery.RecoverySettings;
import io.signalbox.kernel.recovery.RecoveryStrategy;
import io.signalbox.kernel.recovery.StrategyResult;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingSettings;
import io.signalbox.kernel.routing.router.ConditionalRouter;
import io.signalbox.kernel.routing.router.ConditionalRule;
import io.signalbox.kernel.workflow.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The four patterns in which agents are put together. */
class IntegrationPatternsTest {
    private static final AgentAssignments CHAIN = AgentAssignments.of()
            .agent("test_gen", Assignment.of("Generate tests").dependencies("model_gen", "validator_gen"))
            .agent("validator_gen", Assignment.of("Generate validators").dependencies("model_gen"))
            .agent("model_gen", Assignment.of("Generate models"));

    private final Kernel kernel = Kernel.launch(KernelConfig.standard().withLimits(MachineLimits.small()));
    private final CoordinationManager manager = new CoordinationManager(kernel);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        kernel.close();
    }

    private CoordinationResult run(
            final IntegrationPattern pattern, final AgentAssignments assignments, final AgentExecutor executor) {
        return run(manager, pattern, assignments, executor);
    }

    private static CoordinationResult run(
            final CoordinationManager manager,
            final IntegrationPattern pattern,
            final AgentAssignments assignments,
            final AgentExecutor executor) {
        return manager.coordinateWorkflow(CoordinationTerms.of("work"), pattern, assignments, executor);
    }

    private AgentResult note(final AgentTurn turn) {
        order.add(turn.agentId());
        return AgentResult.of("done by " + turn.agentId(), 0.95).withOutput("by", turn.agentId());
    }

    private AgentResult failing(final AgentTurn turn, final String agentId) {
        order.add(turn.agentId());
        if (turn.agentId().equals(agentId)) {
            throw new IllegalStateException("no model for " + agentId);
        }
        return AgentResult.of("ok");
    }

    // ------------------------------------------------------------------ sequential

    @Test
    @Conforms({"FACADE-11", "FACADE-1", "DIFF-19", "REQ-15"})
    void shouldRunOneAfterTheOtherInTheOrderOfTheirDependencies() {
        final AtomicReference<Object> seen = new AtomicReference<>();
        final CoordinationResult result = run(new SequentialPipeline(), CHAIN, turn -> {
            if (turn.agentId().equals("test_gen")) {
                seen.set(turn.resultOf("model_gen").output().get("by"));
            }
            return note(turn);
        });
        assertThat(result.status()).isEqualTo(CoordinationStatus.COMPLETED);
        assertThat(order).containsExactly("model_gen", "validator_gen", "test_gen");
        assertThat(result.agents().keySet()).containsExactly("test_gen", "validator_gen", "model_gen");
        assertThat(result.agent("model_gen").result().summary()).isEqualTo("done by model_gen");
        assertThat(result.agent("model_gen").attempts()).isEqualTo(1);
        assertThat(seen).hasValue("model_gen");
        assertThat(kernel.findCoordination("work")).as("cleaned up").isNull();
    }

    @Test
    void shouldRunNobodyBehindAFailure() {
        final CoordinationManager once = manager.withRouting(Routing.empty());
        final CoordinationResult result =
                run(once, new SequentialPipeline(), CHAIN, turn -> failing(turn, "validator_gen"));
        assertThat(result.status()).isEqualTo(CoordinationStatus.FAILED);
        assertThat(order).containsExactly("model_gen", "validator_gen");
        assertThat(result.agent("validator_gen").status()).isEqualTo(AgentStatus.FAILED);
        assertThat(result.agent("validator_gen").reason()).contains("no model for validator_gen");
        assertThat(result.agent("test_gen").status()).isEqualTo(AgentStatus.NOT_RUN);
        assertThat(result.agent("test_gen").reason()).contains("'validator_gen' did not succeed");
    }

    // ------------------------------------------------------------------ parallel

    @Test
    void shouldRunAllAtTheSameTime() {
        final CyclicBarrier together = new CyclicBarrier(3);
        final AgentAssignments three = AgentAssignments.of()
                .agent("contract_0", Assignment.of("Process contract 0").inputData("contract_path", "a.yaml"))
                .agent("contract_1", Assignment.of("Process contract 1").inputData("contract_path", "b.yaml"))
                .agent("contract_2", Assignment.of("Process contract 2").inputData("contract_path", "c.yaml"));
        final CoordinationResult result = run(new ParallelPipeline(), three, turn -> {
            together.await(20, TimeUnit.SECONDS);
            return AgentResult.of((String) turn.assignment().inputData().get("contract_path"));
        });
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.agent("contract_2").result().summary()).isEqualTo("c.yaml");
        assertThat(result.agents().values()).allMatch(each -> each.lastDecision() == RoutingDecision.PARALLEL);
    }

    @Test
    void shouldHoldUpNobodyWhenOneFailsInParallel() {
        final AgentAssignments two =
                AgentAssignments.of().agent("a", Assignment.of("fails")).agent("b", Assignment.of("works"));
        final CoordinationResult result =
                run(manager.withRouting(Routing.empty()), new ParallelPipeline(), two, turn -> failing(turn, "a"));
        assertThat(result.agent("a").status()).isEqualTo(AgentStatus.FAILED);
        assertThat(result.agent("b").status()).isEqualTo(AgentStatus.COMPLETED);
        assertThat(result.status()).isEqualTo(CoordinationStatus.FAILED);
    }

    // ------------------------------------------------------------------ mixed

    @Test
    void shouldStartAnAgentWhenTheLastOfItsDependenciesEnds() {
        final CyclicBarrier together = new CyclicBarrier(2);
        final CountDownLatch slow = new CountDownLatch(1);
        final AgentAssignments assignments = AgentAssignments.of()
                .agent("parser_0", Assignment.of("Parse contract 0"))
                .agent("parser_1", Assignment.of("Parse contract 1"))
                .agent("slow", Assignment.of("Documents, slowly"))
                .agent("schema_gen", Assignment.of("Generate unified schema").dependencies("parser_0", "parser_1"));
        final CoordinationResult result = run(new MixedPipeline(), assignments, turn -> {
            switch (turn.agentId()) {
                case "slow" -> assertThat(slow.await(20, TimeUnit.SECONDS)).isTrue();
                case "schema_gen" -> slow.countDown(); // so there are no waves
                default -> together.await(20, TimeUnit.SECONDS);
            }
            return note(turn);
        });
        assertThat(result.status()).isEqualTo(CoordinationStatus.COMPLETED);
        assertThat(order).containsSubsequence("parser_0", "schema_gen").containsSubsequence("parser_1", "schema_gen");
    }

    @Test
    void shouldFailAtOnceWhoNeedsAFailedAgentAndNobodyElse() {
        final AgentAssignments assignments = AgentAssignments.of()
                .agent("bad", Assignment.of("fails"))
                .agent("needs_bad", Assignment.of("").dependencies("bad"))
                .agent("needs_needs_bad", Assignment.of("").dependencies("needs_bad"))
                .agent("good", Assignment.of("works"))
                .agent("needs_good", Assignment.of("").dependencies("good"));
        final CoordinationResult result = run(
                manager.withRouting(Routing.empty()), new MixedPipeline(), assignments, turn -> failing(turn, "bad"));
        assertThat(result.agent("needs_bad").status()).isEqualTo(AgentStatus.FAILED);
        assertThat(result.agent("needs_bad").reason())
                .isEqualTo("dependency 'needs_bad/bad_complete' can no longer come");
        assertThat(result.agent("needs_needs_bad").status()).isEqualTo(AgentStatus.FAILED);
        assertThat(result.agent("needs_good").status()).isEqualTo(AgentStatus.COMPLETED);
        assertThat(order).doesNotContain("needs_bad", "needs_needs_bad");
    }

    @Test
    void shouldFailAnAgentWhoseDependencyDoesNotComeInTime() {
        final AgentAssignments assignments = AgentAssignments.of()
                .agent(
                        "deploy",
                        Assignment.of("")
                                .dependencies(AgentDependency.onResource("gpu").withTimeout(Duration.ofMillis(5))));
        final CoordinationResult result = run(new MixedPipeline(), assignments, this::note);
        assertThat(result.agent("deploy").reason()).isEqualTo("dependency 'deploy/gpu_available' did not come in time");
        assertThat(order).isEmpty();
    }

    // ------------------------------------------------------------------ error recovery

    @Test
    @Conforms("FACADE-12")
    void shouldTryAgainAsLongAsTheRoutersSayAndGoOn() {
        final AtomicInteger failures = new AtomicInteger(2);
        final CoordinationResult result = run(new ErrorRecoveryPipeline(), CHAIN, turn -> {
            order.add(turn.agentId() + turn.attempt());
            if (turn.agentId().equals("validator_gen") && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
            return AgentResult.of("ok");
        });
        assertThat(result.isSuccess()).isTrue();
        assertThat(order)
                .containsExactly("model_gen1", "validator_gen1", "validator_gen2", "validator_gen3", "test_gen1");
        assertThat(result.agent("validator_gen").attempts()).isEqualTo(3);
        assertThat(result.agent("validator_gen").lastDecision()).isEqualTo(RoutingDecision.RETRY);
    }

    @Test
    @Conforms("REQ-8")
    void shouldTryThreeTimesMoreAndNoFurther() {
        final CoordinationResult result = run(new ErrorRecoveryPipeline(), CHAIN, turn -> failing(turn, "model_gen"));
        assertThat(order).containsExactly("model_gen", "model_gen", "model_gen", "model_gen");
        assertThat(result.agent("model_gen").status()).isEqualTo(AgentStatus.FAILED);
        assertThat(result.agent("model_gen").lastDecision()).isEqualTo(RoutingDecision.ERROR);
        assertThat(result.agent("test_gen").status()).isEqualTo(AgentStatus.NOT_RUN);
    }

    @Test
    void shouldOpenAGateByTheQualityOfAnAgent() {
        final AgentAssignments assignments = AgentAssignments.of()
                .agent("tests", Assignment.of("Run the tests"))
                .agent(
                        "deployment_agent",
                        Assignment.of("Deploy").dependencies(AgentDependency.onGate("coverage_gate", 0.8)));
        final ErrorRecoveryPipeline pattern = new ErrorRecoveryPipeline(new QualityGate("coverage_gate", "tests", 0.8));
        final CoordinationResult passed = run(pattern, assignments, turn -> {
            order.add(turn.agentId());
            return AgentResult.of("", turn.agentId().equals("tests") && turn.attempt() == 1 ? 0.5 : 0.8);
        });
        assertThat(passed.isSuccess()).isTrue();
        assertThat(order).containsExactly("tests", "tests", "deployment_agent");

        final CoordinationResult failed = run(pattern, assignments, turn -> AgentResult.of("", 0.5));
        assertThat(failed.agent("tests").reason()).isEqualTo("its quality 0.5 is below 0.8 of gate 'coverage_gate'");
        assertThat(failed.agent("tests").attempts()).isEqualTo(4);
        assertThat(failed.agent("deployment_agent").status()).isEqualTo(AgentStatus.NOT_RUN);
    }

    // ------------------------------------------------------------------ what routers say

    private CoordinationManager deciding(final String task, final RoutingDecision decision, final String target) {
        final ConditionalRule rule = ConditionalRule.of("r", "a rule", "current_task", "==", task, decision);
        return manager.withRouting(Routing.empty()
                .with(ConditionalRouter.of(target.isEmpty() ? rule : rule.withNextTask(target)))
                .with(RoutingSettings.standard()));
    }

    @Test
    void shouldLeaveOutWhatIsSkippedAndGoOn() {
        final CoordinationResult result =
                run(deciding("validator_gen", RoutingDecision.SKIP, ""), new MixedPipeline(), CHAIN, this::note);
        assertThat(result.isSuccess()).isTrue();
        assertThat(order).containsExactly("model_gen", "test_gen");
        assertThat(result.agent("validator_gen").status()).isEqualTo(AgentStatus.SKIPPED);
        assertThat(result.agent("validator_gen").executedBy()).isEmpty();
    }

    @Test
    void shouldEndTheWorkWhereTheRoutersSaySo() {
        for (final IntegrationPattern pattern : List.of(new SequentialPipeline(), new MixedPipeline())) {
            order.clear();
            final CoordinationResult result =
                    run(deciding("validator_gen", RoutingDecision.END, ""), pattern, CHAIN, this::note);
            assertThat(result.status()).isEqualTo(CoordinationStatus.ENDED);
            assertThat(order).containsExactly("model_gen");
            assertThat(result.agent("validator_gen").status()).isEqualTo(AgentStatus.ENDED);
            assertThat(result.agent("test_gen").status()).isEqualTo(AgentStatus.NOT_RUN);
        }
    }

    @Test
    void shouldFailWhatTheRoutersCallAnError() {
        final CoordinationResult result =
                run(deciding("model_gen", RoutingDecision.ERROR, ""), new SequentialPipeline(), CHAIN, this::note);
        assertThat(result.agent("model_gen").status()).isEqualTo(AgentStatus.FAILED);
        assertThat(order).isEmpty();
    }

    @Test
    void shouldLetAnAlternateDoTheWorkThatIsBranchedToIt() {
        final AgentAssignments assignments = CHAIN.alternate("simple_gen", Assignment.of("Generate simple models"));
        final CoordinationResult result = run(
                deciding("model_gen", RoutingDecision.BRANCH, "simple_gen"),
                new MixedPipeline(),
                assignments,
                this::note);
        assertThat(order).containsExactly("simple_gen", "validator_gen", "test_gen");
        assertThat(result.agent("model_gen").executedBy()).isEqualTo("simple_gen");
        assertThat(result.agents()).doesNotContainKey("simple_gen");
    }

    @Test
    void shouldGiveAnAlternateOneChance() {
        final AgentAssignments assignments = CHAIN.alternate("simple_gen", Assignment.of("Generate simple models"));
        final CoordinationResult result = run(
                deciding("model_gen", RoutingDecision.BRANCH, "simple_gen"),
                new MixedPipeline(),
                assignments,
                turn -> failing(turn, "simple_gen"));
        assertThat(order).containsExactly("simple_gen");
        assertThat(result.agent("model_gen").status()).isEqualTo(AgentStatus.FAILED);
    }

    // ------------------------------------------------------------------ refusals

    private void assertRefused(final Rejection rejection, final String message, final Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(rejection))
                .hasMessageContaining(message);
        assertThat(order).isEmpty();
        assertThat(kernel.findCoordination("work")).isNull();
    }

    @Test
    void shouldRefuseWhatCannotBeRun() {
        assertRefused(
                Rejection.NO_ASSIGNMENTS, "nobody", () -> run(new MixedPipeline(), AgentAssignments.of(), this::note));
        assertRefused(
                Rejection.CIRCULAR_DEPENDENCIES,
                "a -> b -> a",
                () -> run(
                        new SequentialPipeline(),
                        AgentAssignments.of()
                                .agent("a", Assignment.of("").dependencies("b"))
                                .agent("b", Assignment.of("").dependencies("a")),
                        this::note));
        assertRefused(
                Rejection.INVALID_ASSIGNMENT,
                "'a' depends on 'ghost', which has no assignment",
                () -> run(
                        new MixedPipeline(),
                        AgentAssignments.of().agent("a", Assignment.of("").dependencies("ghost")),
                        this::note));
        assertRefused(
                Rejection.UNSUITABLE_PATTERN,
                "cannot run in parallel",
                () -> run(new ParallelPipeline(), CHAIN, this::note));
        assertRefused(
                Rejection.UNSUITABLE_PATTERN,
                "scored by 'nobody'",
                () -> run(new ErrorRecoveryPipeline(new QualityGate("g", "nobody", 0.5)), CHAIN, this::note));
        assertRefused(
                Rejection.UNSUITABLE_PATTERN,
                "scores two gates",
                () -> new ErrorRecoveryPipeline(new QualityGate("g", "a", 0.5), new QualityGate("h", "a", 0.5)));
        assertRefused(Rejection.BLANK_NAME, "", () -> manager.coordinateWorkflow(" ", CHAIN, this::note));
        assertRefused(
                Rejection.BLANK_NAME,
                "an agent needs a name",
                () -> AgentAssignments.of().agent(" ", Assignment.of("")));
        assertRefused(
                Rejection.DUPLICATE_ASSIGNMENT,
                "'model_gen' has an assignment already",
                () -> CHAIN.alternate("model_gen", Assignment.of("")));
    }

    @Test
    void shouldFindPatternsByNameAndRefuseOthers() {
        assertThat(IntegrationPattern.named("sequential")).isInstanceOf(SequentialPipeline.class);
        assertThat(IntegrationPattern.named("parallel")).isInstanceOf(ParallelPipeline.class);
        assertThat(IntegrationPattern.named("mixed")).isInstanceOf(MixedPipeline.class);
        assertThat(IntegrationPattern.named("error_recovery")).isInstanceOf(ErrorRecoveryPipeline.class);
        assertRefused(
                Rejection.UNKNOWN_PATTERN,
                "'waterfall'; there are [sequential",
                () -> IntegrationPattern.named("waterfall"));
    }

    @Test
    @Conforms({"FACADE-14", "REQ-14"})
    void shouldRefuseFieldsThatNobodyKnows() {
        assertRefused(
                Rejection.INVALID_ASSIGNMENT,
                "an assignment has no field 'max_cpu_cores'; known are agent_role, objective",
                () -> Assignment.of(Map.of("objective", "x", "max_cpu_cores", 4)));
        assertRefused(
                Rejection.INVALID_ASSIGNMENT,
                "no kind of dependency is called 'agent_completed'",
                () -> AgentDependency.of(Map.of("id", "d", "type", "agent_completed", "target", "a")));
        assertRefused(
                Rejection.INVALID_ASSIGNMENT,
                "a dependency has no field 'time_out'",
                () -> AgentDependency.of(Map.of("id", "d", "target", "a", "time_out", 4)));
        assertRefused(
                Rejection.INVALID_ASSIGNMENT,
                "no field 'treshold'",
                () -> AgentDependency.of(Map.of("id", "d", "target", "a", "metadata", Map.of("treshold", 1))));
        assertRefused(
                Rejection.INVALID_ASSIGNMENT,
                "must be above zero",
                () -> AgentDependency.of(Map.of("id", "d", "target", "a", "timeout", 0)));
        assertRefused(Rejection.INVALID_ASSIGNMENT, "not 7", () -> Assignment.of(Map.of("dependencies", List.of(7))));
    }

    // ------------------------------------------------------------------ ends from outside

    @Test
    void shouldEndWhenItsSessionIsClosed() {
        final AgentAssignments assignments = AgentAssignments.of()
                .agent("closer", Assignment.of("closes the session"))
                .agent("waiter", Assignment.of("").dependencies(AgentDependency.onGate("never", 1)));
        final CoordinationResult result = run(new MixedPipeline(), assignments, turn -> {
            turn.session().close();
            return AgentResult.of("closed");
        });
        assertThat(result.status()).isEqualTo(CoordinationStatus.CANCELLED);
        assertThat(result.agent("waiter").status()).isEqualTo(AgentStatus.NOT_RUN);
    }

    @Test
    void shouldEndWhenItsThreadIsInterrupted() {
        final Thread caller = Thread.currentThread();
        final AgentAssignments assignments = AgentAssignments.of()
                .agent("interrupter", Assignment.of("interrupts the caller"))
                .agent("waiter", Assignment.of("").dependencies(AgentDependency.onGate("never", 1)));
        final CoordinationResult result = run(new MixedPipeline(), assignments, turn -> {
            caller.interrupt();
            return AgentResult.of("interrupted");
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.status()).isEqualTo(CoordinationStatus.CANCELLED);
        assertThat(kernel.findCoordination("work")).isNull();
    }

    // ------------------------------------------------------------------ recovery

    private static final AgentAssignments ONE =
            AgentAssignments.of().agent("model_gen", Assignment.of("Generate models"));

    private CoordinationResult recovered(final RecoverySettings settings, final AgentExecutor executor) {
        final RetryPolicy atOnce = new RetryPolicy(2, 0, 1, 0, 0);
        return run(new ErrorRecoveryPipeline(settings.retry(atOnce).build()), ONE, executor);
    }

    @Test
    void shouldRecoverFromWhatTheRoutersHaveGivenUp() {
        final List<Object> templates = new ArrayList<>();
        final CoordinationResult result = recovered(
                ErrorRecoveryOrchestrator.with()
                        .select(ErrorType.RUNTIME, "alternative_path")
                        .alternatives("default", "template_v2", "template_simple"),
                turn -> {
                    templates.add(turn.recovery().get("template_name"));
                    if (!"template_simple".equals(turn.recovery().get("template_name"))) {
                        throw new IllegalStateException("invalid syntax");
                    }
                    return AgentResult.of("done");
                });
        assertThat(templates).containsExactly(null, null, null, null, "template_v2", "template_simple");
        assertThat(result.agent("model_gen").status()).isEqualTo(AgentStatus.COMPLETED);
        assertThat(result.agent("model_gen").attempts()).isEqualTo(6);
    }

    @Test
    void shouldFailWhenARecoveryDoesToo() {
        final CoordinationResult result =
                recovered(ErrorRecoveryOrchestrator.with(), turn -> failing(turn, "model_gen"));
        assertThat(result.agent("model_gen").status()).isEqualTo(AgentStatus.FAILED);
        assertThat(result.agent("model_gen").reason()).contains("no model for model_gen");
    }

    @Test
    void shouldTryOnceMoreWhenSomebodySaysThatItMayGoOn() {
        final AtomicInteger attempts = new AtomicInteger();
        final CoordinationResult result = recovered(
                ErrorRecoveryOrchestrator.with()
                        .strategy(RecoveryStrategy.of("ask", attempt -> StrategyResult.passed("go on")))
                        .select(ErrorType.RUNTIME, "ask"),
                turn -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("permission denied");
                    }
                    return AgentResult.of("done");
                });
        assertThat(attempts).hasValue(2);
        assertThat(result.agent("model_gen").status()).isEqualTo(AgentStatus.COMPLETED);
    }
}
