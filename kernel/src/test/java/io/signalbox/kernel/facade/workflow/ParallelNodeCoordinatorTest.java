package io.signalbox.kernel.facade.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.facade.workflow.ParallelNodeCoordinator.Nodes;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The five strategies: what satisfies them, what they yield when their time is up, what becomes of the others. docs/strategies.md says the same. */
@Timeout(120)
class ParallelNodeCoordinatorTest {
    private static final StepExecutor BROKEN = context -> {
        throw new IllegalStateException(context.stepId() + " is broken");
    };
    private static final StepExecutor ENDLESS = context -> Working.endlessly();
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Kernel kernel = Kernel.launch(KernelConfig.standard());
    private final WorkflowEngine engine = new WorkflowEngine(kernel);
    private final ParallelNodeCoordinator coordinator =
            new ParallelNodeCoordinator(engine, kernel.coordination("nodes"));

    @AfterEach
    void close() {
        engine.close();
        kernel.close();
    }

    private static StepExecutor says(final Object value) {
        return context -> value;
    }

    private static Nodes three(final StepExecutor a, final StepExecutor b, final StepExecutor c) {
        return ParallelNodeCoordinator.nodes().add("a", a).add("b", b).add("c", c);
    }

    private ParallelResult run(final ParallelConfig config, final Nodes nodes) {
        return coordinator.executeParallel(config, nodes);
    }

    private static ParallelConfig of(final ParallelStrategy strategy) {
        return ParallelConfig.of(strategy);
    }

    // ------------------------------------------------------------------ the plan

    @Test
    void shouldCompileAStrategyToOneGate() {
        final WorkflowDefinition definition = StrategyPlan.compile(
                of(ParallelStrategy.COMPETITIVE)
                        .withTimeout(SHORT)
                        .withMaxConcurrent(2)
                        .withQualityThreshold(0.9)
                        .withCancellationPolicy(CancellationPolicy.CANCEL_REMAINING)
                        .retrying(3, Duration.ofMillis(1)),
                List.of("a", "b"),
                Map.of("b", new NodeConfig(Map.of(), StepTerms.STANDARD.withRetries(0))));
        assertThat(definition.concurrencyMax()).isEqualTo(2);
        assertThat(definition.steps().get(0).retry().retriesMax()).isEqualTo(3);
        assertThat(definition.steps().get(1).retry().retriesMax()).isZero();
        final StepDefinition gate = definition.steps().get(2);
        assertThat(gate.gate().rule()).isEqualTo(GateRule.COMPETITIVE);
        assertThat(gate.gate().qualityMin()).isEqualTo(0.9);
        assertThat(gate.gate().superfluous()).isEqualTo(Superfluous.CANCEL);
        assertThat(gate.timeoutNs()).isEqualTo(SHORT.toNanos());
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThatThrownBy(() -> run(ParallelConfig.standard(), ParallelNodeCoordinator.nodes()))
                .isInstanceOf(InvalidWorkflowPartException.class)
                .hasMessageContaining("has no nodes");
        assertThatThrownBy(() -> three(says(1), says(2), null)).hasMessageContaining("'c' must be callable");
        assertThatThrownBy(() -> three(says(1), says(2), says(3)).add("a", says(4)))
                .hasMessageContaining("two nodes are called 'a'");
        assertThatThrownBy(() ->
                        StrategyPlan.compile(ParallelConfig.standard(), List.of("a"), Map.of("b", NodeConfig.STANDARD)))
                .hasMessageContaining("'b' is configured and is not a node");
        assertThatThrownBy(() -> ParallelConfig.standard().withQualityThreshold(1.1))
                .hasMessageContaining("0..1");
        assertThatThrownBy(() -> ParallelConfig.standard().retrying(-1, SHORT)).hasMessageContaining("0..1000");
        assertThat(coordinator.activeExecutions()).isEmpty();
    }

    // ------------------------------------------------------------------ what satisfies them

    @Test
    @Conforms("FUTURE-32")
    void shouldNeedEveryNodeForAllSuccess() {
        final ParallelResult good =
                run(ParallelConfig.standard(), three(says(Map.of("x", 1)), says(Map.of("y", 2)), says(Map.of("x", 3))));
        assertThat(good.orThrow()).isEqualTo(Map.of("x", 3, "y", 2));
        assertThat(good.collisions()).containsExactly(new ParallelResult.Collision("x", List.of("a", "c")));
        final ParallelResult bad = run(ParallelConfig.standard(), three(says(1), BROKEN, says(3)));
        assertThat(bad.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(bad.value()).isNull();
        assertThat(bad.node("c").isSuccess()).as("everybody is awaited").isTrue();
        assertThatThrownBy(bad::orThrow)
                .isInstanceOf(ParallelExecutionException.class)
                .hasMessageContaining("ALL_SUCCESS was not satisfied")
                .hasMessageContaining("b is broken");
    }

    @Test
    @Conforms("FUTURE-32")
    void shouldTakeTheFirstSuccess() {
        final ParallelResult result = run(
                of(ParallelStrategy.FIRST_SUCCESS).withCancellationPolicy(CancellationPolicy.CANCEL_REMAINING),
                three(ENDLESS, BROKEN, says("won")));
        assertThat(result.winner()).isEqualTo("c");
        assertThat(result.values()).isEqualTo(Map.of("c", "won"));
        assertThat(result.node("a").status()).isEqualTo(WorkflowStatus.CANCELLED);
        final ParallelResult none = run(of(ParallelStrategy.FIRST_SUCCESS), three(BROKEN, BROKEN, BROKEN));
        assertThat(none.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(none.winner()).isEmpty();
    }

    @Test
    @Conforms("FUTURE-32")
    void shouldAwaitTheOthersOfAFirstSuccessWhenThatIsThePolicy() {
        final ParallelResult result = run(
                of(ParallelStrategy.FIRST_SUCCESS).withResultAggregation(ResultAggregation.COLLECT_ALL),
                three(
                        context -> {
                            Working.forMs(50);
                            return "late";
                        },
                        BROKEN,
                        says("won")));
        assertThat(result.winner()).isEqualTo("c");
        assertThat(result.node("a").result()).isEqualTo("late");
        assertThat(result.values()).isEqualTo(Map.of("a", "late", "c", "won"));
        assertThat(result.durationMs()).isGreaterThanOrEqualTo(50);
    }

    @Test
    @Conforms("FUTURE-32")
    void shouldNeedMoreThanHalfForAMajority() {
        assertThat(run(of(ParallelStrategy.MAJORITY_SUCCESS), three(says(1), BROKEN, says(3)))
                        .values())
                .isEqualTo(Map.of("a", 1, "c", 3));
        assertThat(run(of(ParallelStrategy.MAJORITY_SUCCESS), three(says(1), BROKEN, BROKEN))
                        .isSuccess())
                .isFalse();
        final Nodes even = three(says(1), says(2), BROKEN).add("d", BROKEN);
        assertThat(run(of(ParallelStrategy.MAJORITY_SUCCESS), even).isSuccess())
                .as("two of four are not more than half")
                .isFalse();
    }

    @Test
    @Conforms("FUTURE-32")
    void shouldTakeWhatThereIsWithBestEffort() {
        assertThat(run(of(ParallelStrategy.BEST_EFFORT), three(says(1), BROKEN, says(3)))
                        .values())
                .isEqualTo(Map.of("a", 1, "c", 3));
        final ParallelResult nothing = run(of(ParallelStrategy.BEST_EFFORT), three(BROKEN, BROKEN, BROKEN));
        assertThat(nothing.isSuccess()).isTrue();
        assertThat(nothing.values()).isEmpty();
    }

    @Test
    @Conforms("FUTURE-32")
    void shouldTakeTheBestOfCompetitorsAboveTheThreshold() {
        final ParallelConfig competitive = of(ParallelStrategy.COMPETITIVE);
        final ParallelResult best = run(
                competitive.withResultAggregation(ResultAggregation.SELECT_BEST),
                three(
                        says(new RatedResult("plain", 0.75)),
                        says(new RatedResult("fine", 0.9)),
                        says(Map.of("quality_score", 0.2))));
        assertThat(best.winner()).isEqualTo("b");
        assertThat(best.value()).isEqualTo("fine");
        assertThat(best.node("c").quality()).isEqualTo(0.2);
        final RatedResult same = new RatedResult("same", 0.8);
        assertThat(run(competitive, three(BROKEN, says(same), says(same))).winner())
                .as("the one declared first")
                .isEqualTo("b");
        final RatedResult poor = new RatedResult("poor", 0.69);
        final ParallelResult none = run(competitive, three(says(poor), says(poor), BROKEN));
        assertThat(none.isSuccess()).isFalse();
        assertThat(none.node("a").isSuccess()).isTrue();
    }

    @Test
    void shouldSelectTheBestOfSeveral() {
        final ParallelConfig config = ParallelConfig.standard().withResultAggregation(ResultAggregation.SELECT_BEST);
        assertThat(run(
                                config,
                                three(
                                        says(new RatedResult("x", 0.5)),
                                        says(new RatedResult("y", 0.9)),
                                        says(new RatedResult("z", 0.9))))
                        .value())
                .isEqualTo("y");
    }

    // ------------------------------------------------------------------ when the time is up

    @ParameterizedTest
    @EnumSource(ParallelStrategy.class)
    @Conforms("FUTURE-32")
    void shouldYieldOnTimeoutWhatIsWrittenDown(final ParallelStrategy strategy) {
        for (final CancellationPolicy policy : CancellationPolicy.values()) {
            final ParallelConfig config = of(strategy).withTimeout(SHORT).withCancellationPolicy(policy);
            final ParallelResult onlyEndless = run(config, three(ENDLESS, ENDLESS, BROKEN));
            assertThat(onlyEndless.isSuccess())
                    .as("%s with nothing there", strategy)
                    .isEqualTo(strategy == ParallelStrategy.BEST_EFFORT);
            final boolean isDecidedEarly =
                    strategy == ParallelStrategy.ALL_SUCCESS && policy == CancellationPolicy.CANCEL_REMAINING;
            assertThat(onlyEndless.isTimedOut()).isEqualTo(!isDecidedEarly);
            assertThat(onlyEndless.node("a").status()).isEqualTo(WorkflowStatus.CANCELLED);
        }
        final ParallelConfig awaiting = of(strategy).withTimeout(SHORT);
        final ParallelResult oneIsThere = run(awaiting, three(says("there"), ENDLESS, ENDLESS));
        assertThat(oneIsThere.isSuccess())
                .as("%s with one of three there", strategy)
                .isEqualTo(strategy == ParallelStrategy.FIRST_SUCCESS
                        || strategy == ParallelStrategy.BEST_EFFORT
                        || strategy == ParallelStrategy.COMPETITIVE);
        assertThat(oneIsThere.isTimedOut()).isTrue();
        assertThat(oneIsThere.durationMs()).isGreaterThanOrEqualTo((double) SHORT.toMillis());
        assertThat(oneIsThere.node("a").result()).isEqualTo("there");
        assertThat(oneIsThere.values()).isEqualTo(oneIsThere.isSuccess() ? Map.of("a", "there") : Map.of());
        final ParallelResult twoAreThere = run(awaiting, three(says("there"), says("too"), ENDLESS));
        assertThat(twoAreThere.isSuccess())
                .as("%s with two of three there", strategy)
                .isEqualTo(strategy != ParallelStrategy.ALL_SUCCESS);
    }

    // ------------------------------------------------------------------ retries, inputs, stopping

    @Test
    @Conforms("FUTURE-32")
    void shouldRetryBeforeTheStrategyHearsOfAFailure() {
        final AtomicInteger calls = new AtomicInteger();
        final StepExecutor flaky = context -> {
            calls.incrementAndGet();
            if (context.attempt() == 1) {
                throw new IllegalStateException("once");
            }
            return "ok";
        };
        final ParallelConfig quick =
                ParallelConfig.standard().withCancellationPolicy(CancellationPolicy.CANCEL_REMAINING);
        assertThat(run(quick, three(flaky, says(2), says(3))).isSuccess()).isFalse();
        assertThat(calls).hasValue(1);
        final ParallelResult retried = run(quick.retrying(2, Duration.ofMillis(1)), three(flaky, says(2), says(3)));
        assertThat(retried.isSuccess()).isTrue();
        assertThat(retried.node("a").retryAttempts()).isEqualTo(1);
        assertThat(calls).hasValue(3);
    }

    @Test
    void shouldGiveEachNodeTheStateAndWhatIsItsOwn() {
        final StepExecutor tells = context -> Map.of(context.stepId(), context.input("n") + "/" + context.input("x"));
        final Nodes nodes = ParallelNodeCoordinator.nodes()
                .baseState(Map.of("n", 1, "x", "all"))
                .add("a", tells)
                .add("b", tells, new NodeConfig(Map.of("x", "own"), StepTerms.STANDARD));
        assertThat(run(ParallelConfig.standard(), nodes).values()).isEqualTo(Map.of("a", "1/all", "b", "1/own"));
    }

    @Test
    void shouldHoldItsConcurrency() {
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final Nodes nodes = ParallelNodeCoordinator.nodes();
        for (int i = 0; i < 12; i++) {
            nodes.add("n" + i, context -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                Working.forMs(2);
                return atOnce.decrementAndGet();
            });
        }
        run(ParallelConfig.standard().withMaxConcurrent(3), nodes);
        assertThat(most).hasValueBetween(1, 3);
    }

    @Test
    void shouldListAndCancelAnExecution() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final CompletableFuture<ParallelResult> ended = CompletableFuture.supplyAsync(() -> run(
                ParallelConfig.standard(),
                three(
                        context -> {
                            begun.countDown();
                            return Working.endlessly();
                        },
                        says(2),
                        says(3))));
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        final String id = coordinator.activeExecutions().get(0);
        assertThat(coordinator.cancel("nobody")).isFalse();
        assertThat(coordinator.cancel(id)).isTrue();
        assertThat(ended.join().status()).isEqualTo(WorkflowStatus.CANCELLED);
        assertThat(ended.join().executionId()).isEqualTo(id);
        assertThat(coordinator.activeExecutions()).isEmpty();
    }
}
