package io.signalbox.kernel.facade.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.StepLoad;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.metrics.MetricsConfig;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions, names, numbers and sizes at their edges. */
@Timeout(60)
class FunctionWorkflowEdgesTest {
    private static final Duration CENTURIES = Duration.ofDays(365L * 400);

    private final Kernel kernel = Kernel.launch(KernelConfig.standard()
            .withLimits(MachineLimits.standard().withDefinitionsMax(16))
            .withMetrics(MetricsConfig.on()));
    private final WorkflowEngine engine = new WorkflowEngine(kernel);
    private final ParallelNodeCoordinator coordinator = new ParallelNodeCoordinator(engine, kernel.coordination("n"));
    private final DependencyAwareScheduler scheduler = new DependencyAwareScheduler(engine, kernel.coordination("t"));
    private final StagedParallelExecutor stages = new StagedParallelExecutor(engine);

    @AfterEach
    void close() {
        engine.close();
        kernel.close();
    }

    private static WorkflowStage stage(final Duration timeout) {
        return WorkflowStage.of("only", 1, WorkflowStep.of("step", WorkflowStepType.PARALLEL, context -> 1))
                .withTimeout(timeout);
    }

    @Test
    void shouldTakeDurationsOfCenturies() {
        assertThat(coordinator
                        .executeParallel(
                                ParallelConfig.standard().withTimeout(CENTURIES).retrying(1, CENTURIES),
                                ParallelNodeCoordinator.nodes().add("ann", context -> 1))
                        .isSuccess())
                .isTrue();
        scheduler.addTask(ScheduledTask.of("task", context -> 1).withTimeout(CENTURIES));
        scheduler.schedule();
        assertThat(scheduler.execute().isSuccess()).isTrue();
        final WorkflowConfig config =
                WorkflowConfig.of("long").withWorkflowTimeout(CENTURIES).withStepRetries(1, CENTURIES);
        assertThat(stages.executeWorkflow(config, List.of(stage(CENTURIES))).isSuccess())
                .isTrue();
    }

    @Test
    void shouldCarryOutMoreShapesThanAKernelKeepsDefinitions() {
        for (int i = 0; i < 40; i++) {
            assertThat(stages.executeWorkflow("session-" + i, List.of(stage(Duration.ZERO)))
                            .isSuccess())
                    .isTrue();
        }
        assertThat(IntStream.range(0, 100)
                        .parallel()
                        .mapToObj(i -> coordinator.executeParallel(
                                ParallelConfig.standard(),
                                ParallelNodeCoordinator.nodes().add("node-" + i % 10, context -> 1)))
                        .allMatch(ParallelResult::isSuccess))
                .isTrue();
    }

    @Test
    void shouldRunNothingOfAnExecutionThatIsRefusedBecauseAnotherIsUnderWay() throws InterruptedException {
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        scheduler.addTask("task", context -> {
            calls.incrementAndGet();
            begun.countDown();
            released.await();
            return 1;
        });
        scheduler.schedule();
        final Thread first = new Thread(scheduler::execute);
        first.start();
        begun.await();
        assertThatThrownBy(scheduler::execute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an execution of this scheduler is under way");
        assertThat(kernel.tasks().runs()).hasSize(1);
        released.countDown();
        first.join();
        assertThat(calls).hasValue(1);
    }

    @Test
    void shouldTellTheMetricsOfAWorkflowWhoseIdHoldsControlCharacters() {
        assertThat(stages.executeWorkflow("two\nlines", List.of(stage(Duration.ZERO)))
                        .isSuccess())
                .isTrue();
    }

    @Test
    void shouldCancelTheRunOfAWorkflowWhoseStartCannotBeTold() {
        assertThatThrownBy(() -> stages.executeWorkflow("x".repeat(1020), List.of(stage(Duration.ZERO))))
                .isInstanceOf(CommandRefusedException.class);
        assertThat(kernel.tasks().runs()).extracting(RunSnapshot::state).containsOnly(RunState.CANCELLED);
    }

    @Test
    void shouldTakeAnyQualityThatAMapClaims() {
        final ParallelResult result = coordinator.executeParallel(
                ParallelConfig.of(ParallelStrategy.COMPETITIVE).withQualityThreshold(0),
                ParallelNodeCoordinator.nodes()
                        .add("nan", context -> Map.of("quality_score", Double.NaN))
                        .add("negative", context -> Map.of("quality_score", -3))
                        .add("half", context -> Map.of("quality_score", 0.5)));
        assertThat(result.winner()).isEqualTo("half");
        assertThat(result.nodes()).extracting(WorkflowStepResult::quality).containsExactly(0.0, 0.0, 0.5);
        final ParallelResult numbered = coordinator.executeParallel(
                ParallelConfig.of(ParallelStrategy.COMPETITIVE).withResultAggregation(ResultAggregation.SELECT_BEST),
                ParallelNodeCoordinator.nodes().add("numbered", context -> new TreeMap<>(Map.of(1, "one"))));
        assertThat(numbered.value()).isEqualTo(Map.of(1, "one"));
    }

    @Test
    void shouldKeepResultsThatCannotBeWrittenDown() {
        final List<Object> circle = new ArrayList<>();
        circle.add(List.of(circle));
        final Object speechless = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        final ParallelResult result = coordinator.executeParallel(
                ParallelConfig.standard().withResultAggregation(ResultAggregation.COLLECT_ALL),
                ParallelNodeCoordinator.nodes()
                        .add("circle", context -> circle)
                        .add("speechless", context -> speechless));
        assertThat(result.values().get("circle")).isSameAs(circle);
        assertThat(result.values().get("speechless")).isSameAs(speechless);
        assertThat(stages.executeWorkflow(
                                "circles",
                                List.of(WorkflowStage.of(
                                        "only",
                                        1,
                                        WorkflowStep.of("circle", WorkflowStepType.PARALLEL, context -> circle),
                                        WorkflowStep.of("mute", WorkflowStepType.PARALLEL, context -> speechless))))
                        .orThrow()
                        .successfulSteps())
                .isEqualTo(2);
    }

    @Test
    void shouldDecideAmongVeryManyNodesInTimeThatGrowsWithTheirNumber() {
        final ParallelNodeCoordinator.Nodes nodes = ParallelNodeCoordinator.nodes();
        final NodeConfig quick = new NodeConfig(Map.of(), StepTerms.STANDARD.withLoad(StepLoad.CPU));
        for (int i = 0; i < 50_000; i++) {
            nodes.add("node-" + i, context -> 1, quick);
        }
        assertThat(coordinator
                        .executeParallel(
                                ParallelConfig.of(ParallelStrategy.MAJORITY_SUCCESS)
                                        .withCancellationPolicy(CancellationPolicy.CANCEL_REMAINING),
                                nodes)
                        .isSuccess())
                .isTrue();
    }
}
