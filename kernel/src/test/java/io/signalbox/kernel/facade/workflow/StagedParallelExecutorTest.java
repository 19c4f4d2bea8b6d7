package io.signalbox.kernel.facade.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.HistoryFilter;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.PastSignal;
import io.signalbox.kernel.StateKey;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.metrics.MetricsSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stages through the kernel. Bounds of time are those of the systems before us. */
@Timeout(120)
class StagedParallelExecutorTest {
    private final Kernel kernel = Kernel.launch(KernelConfig.standard());
    private final WorkflowEngine engine = new WorkflowEngine(kernel);
    private final StagedParallelExecutor executor = new StagedParallelExecutor(engine);
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        engine.close();
        kernel.close();
    }

    private WorkflowStep step(final String id, final String... dependencies) {
        return step(id, context -> id + " done", dependencies);
    }

    private WorkflowStep step(final String id, final StepExecutor work, final String... dependencies) {
        return WorkflowStep.of(id, WorkflowStepType.PARALLEL, context -> {
                    ran.add(id);
                    return work.execute(context);
                })
                .dependsOn(dependencies);
    }

    private WorkflowStep failing(final String id, final String... dependencies) {
        return step(
                id,
                context -> {
                    throw new IllegalStateException(id + " is broken");
                },
                dependencies);
    }

    private static WorkflowConfig config(final String id) {
        return WorkflowConfig.of(id).withStepRetry(false);
    }

    private WorkflowResult run(final WorkflowConfig config, final WorkflowStage... stages) {
        return executor.executeWorkflow(config, List.of(stages));
    }

    // ------------------------------------------------------------------ order

    @Test
    @Conforms("T-STAGE-11")
    void shouldRunOneStageOfThreeSteps() {
        final StepExecutor work = context -> {
            Working.forMs(10);
            return Map.of("ok", true);
        };
        final WorkflowResult result = executor.executeWorkflow(
                "w", List.of(WorkflowStage.of("s", 1, step("a", work), step("b", work), step("c", work))));
        assertThat(result.status()).isEqualTo(WorkflowStatus.COMPLETED);
        assertThat(result.successfulStages()).isEqualTo(1);
        assertThat(result.successfulSteps()).isEqualTo(3);
        assertThat(ran).hasSize(3);
        assertThat(result.stage("s").speedupRatio()).isGreaterThan(1.0);
        assertThat(result.orThrow()).isSameAs(result);
    }

    @Test
    @Conforms("T-STAGE-12")
    void shouldRunASecondStageAfterTheFirst() {
        final WorkflowResult result = run(
                config("w"),
                WorkflowStage.of("two", 2, step("late")).dependsOn("one"),
                WorkflowStage.of("one", 1, step("early")));
        assertThat(result.successfulStages()).isEqualTo(2);
        assertThat(ran).containsExactly("early", "late");
    }

    @Test
    @Conforms("T-STAGE-13")
    void shouldFollowDependenciesInsideAStage() {
        run(config("w"), WorkflowStage.of("s", 1, step("3", "2"), step("2", "1"), step("1")));
        assertThat(ran).containsExactly("1", "2", "3");
    }

    @Test
    @Conforms("T-STAGE-14")
    void shouldRunFiveStepsSideBySide() {
        final List<WorkflowStep> steps = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            steps.add(step("s" + i, context -> {
                Working.forMs(100);
                return null;
            }));
        }
        final WorkflowResult result = run(config("w"), WorkflowStage.of("s", 1, steps));
        assertThat(result.successfulSteps()).isEqualTo(5);
        assertThat(result.overallSpeedup()).isGreaterThanOrEqualTo(2.0);
    }

    @Test
    void shouldHoldABarrierBetweenStagesThatDoNotDependOnEachOther() {
        final StepExecutor slow = context -> {
            Working.forMs(50);
            ran.add("slow ended");
            return null;
        };
        run(config("w"), WorkflowStage.of("one", 1, step("slow", slow)), WorkflowStage.of("two", 2, step("fast")));
        assertThat(ran).containsExactly("slow", "slow ended", "fast");
    }

    @Test
    void shouldNotDelayAStageWithoutBarriers() {
        final CountDownLatch fastRan = new CountDownLatch(1);
        final WorkflowResult result = run(
                config("w").withStageBarriers(false),
                WorkflowStage.of("one", 1, step("slow", context -> fastRan.await(60, TimeUnit.SECONDS))),
                WorkflowStage.of("two", 2, step("fast", context -> {
                    fastRan.countDown();
                    return null;
                })));
        assertThat(result.step("slow").result()).isEqualTo(true);
        assertThat(result.isSuccess()).isTrue();
    }

    @Test
    @Conforms("GAP-STAGE-1")
    void shouldRunASequentialStageOneStepAfterTheOther() {
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final StepExecutor work = context -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            Working.forMs(5);
            atOnce.decrementAndGet();
            return null;
        };
        final WorkflowResult result = run(
                config("w"),
                WorkflowStage.of("s", 1, step("a", work), failing("b"), step("c", work), step("d", work, "a"))
                        .sequential());
        assertThat(most).hasValue(1);
        assertThat(ran).containsExactly("a", "b", "c", "d");
        assertThat(result.stage("s").status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(result.stage("s").successfulSteps()).isEqualTo(3);
    }

    // ------------------------------------------------------------------ failures and skips

    @Test
    @Conforms("T-STAGE-15")
    void shouldSkipAStageThatDependsOnAFailedOne() {
        final WorkflowResult result = run(
                config("w"),
                WorkflowStage.of("one", 1, failing("bad")),
                WorkflowStage.of("two", 2, step("never")).dependsOn("one"));
        assertThat(result.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(result.failedStages()).isEqualTo(1);
        assertThat(result.stage("two").status()).isEqualTo(WorkflowStatus.SKIPPED);
        assertThat(result.stage("two").reason()).contains("stage 'one', which it depends on, has not completed");
        assertThat(result.step("never").status()).isEqualTo(WorkflowStatus.SKIPPED);
        assertThat(result.totalSteps()).isEqualTo(1);
        final StageExecutionException thrown = catchThrowableOfType(StageExecutionException.class, result::orThrow);
        assertThat(thrown.stage().stageId()).isEqualTo("one");
        assertThat(thrown).hasMessageContaining("bad is broken");
    }

    @Test
    @Conforms({"GAP-STAGE-1", "REQ-10"})
    void shouldPropagateASkip() {
        final WorkflowResult result = run(
                config("w"),
                WorkflowStage.of("one", 1, failing("bad")),
                WorkflowStage.of("two", 2, step("x")).dependsOn("one"),
                WorkflowStage.of("three", 3, step("y")).dependsOn("two"),
                WorkflowStage.of("four", 4, step("z")));
        assertThat(result.skippedStages()).isEqualTo(2);
        assertThat(result.stage("four").isSuccess()).isTrue();
        assertThat(ran).containsExactly("bad", "z");
    }

    @Test
    @Conforms("T-STAGE-16")
    void shouldGoOnWithAnIndependentStageWhenRecoveryIsOn() {
        final WorkflowResult result =
                run(config("w"), WorkflowStage.of("one", 1, failing("bad")), WorkflowStage.of("two", 2, step("good")));
        assertThat(result.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(result.failedStages()).isEqualTo(1);
        assertThat(result.successfulStages()).isEqualTo(1);
        assertThat(ran).containsExactly("bad", "good");
    }

    @Test
    @Conforms("T-STAGE-17")
    void shouldEndWithTheFirstFailedStageWhenRecoveryIsOff() {
        final WorkflowResult result = run(
                config("w").withStageRecovery(false),
                WorkflowStage.of("one", 1, failing("bad")),
                WorkflowStage.of("two", 2, step("good")),
                WorkflowStage.of("three", 3, step("better")));
        assertThat(result.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(result.failedStages()).isEqualTo(1);
        assertThat(result.skippedStages()).isEqualTo(2);
        assertThat(ran).containsExactly("bad");
    }

    @Test
    @Conforms("T-IWF-08")
    void shouldReportBothOfAStageWithAFailedStep() {
        final WorkflowResult result = run(config("w"), WorkflowStage.of("s", 1, failing("bad"), step("good")));
        assertThat(result.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(result.stage("s").successfulSteps()).isEqualTo(1);
        assertThat(result.stage("s").failedSteps()).isEqualTo(1);
        assertThat(result.stage("s").reason()).isEqualTo("1 of 2 steps failed");
        assertThat(result.step("bad").error()).contains("bad is broken");
        assertThat(result.step("good").result()).isEqualTo("good done");
    }

    @Test
    void shouldStopEverythingAtTheFirstFailureWhenItIsToFailFast() {
        final CountDownLatch begun = new CountDownLatch(1);
        final WorkflowResult result = run(
                config("w").withFastFail(true),
                WorkflowStage.of(
                        "s",
                        1,
                        step("endless", context -> {
                            begun.countDown();
                            return Working.endlessly();
                        }),
                        step("bad", context -> {
                            begun.await();
                            throw new IllegalStateException("bad is broken");
                        })),
                WorkflowStage.of("t", 2, step("never")));
        assertThat(result.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(result.step("endless").status()).isEqualTo(WorkflowStatus.CANCELLED);
        assertThat(result.stage("t").status()).isEqualTo(WorkflowStatus.SKIPPED);
        assertThat(ran).doesNotContain("never");
    }

    @Test
    void shouldRunAStepWithPartOfItsDependenciesOnlyWhenItAllowsThat() {
        final WorkflowStep tolerant = step(
                        "tolerant", context -> context.dependencyResults().keySet(), "bad", "good")
                .withTerms(StepTerms.STANDARD.allowingPartialDependencies());
        final WorkflowResult result = run(
                config("w"),
                WorkflowStage.of("s", 1, failing("bad"), step("good"), step("strict", "bad", "good"), tolerant),
                WorkflowStage.of("t", 2, tolerantOfNothing("never")).dependsOn("s"));
        assertThat(result.step("tolerant").result()).isEqualTo(Set.of("good"));
        assertThat(result.step("strict").status()).isEqualTo(WorkflowStatus.SKIPPED);
        assertThat(result.stage("t").status()).isEqualTo(WorkflowStatus.SKIPPED);
        assertThat(ran).doesNotContain("strict", "never");
    }

    private WorkflowStep tolerantOfNothing(final String id) {
        return step(id).withTerms(StepTerms.STANDARD.allowingPartialDependencies());
    }

    @Test
    void shouldTakeAStepThatHasNothingToDoForWell() {
        final WorkflowResult result = run(
                config("w"),
                WorkflowStage.of("s", 1, step("idle", context -> StepResult.skip("nothing to do"))),
                WorkflowStage.of("t", 2, step("next")));
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.step("idle").status()).isEqualTo(WorkflowStatus.SKIPPED);
        assertThat(result.step("idle").error()).isEqualTo("nothing to do");
        assertThat(ran).containsExactly("idle", "next");
    }

    @Test
    void shouldNotSkipWhatDependsOnAStageWithNothingToDo() {
        for (final boolean hasBarriers : List.of(true, false)) {
            final WorkflowResult result = run(
                    config("w").withStageBarriers(hasBarriers),
                    WorkflowStage.of("s", 1, step("idle", context -> StepResult.skip("nothing to do"))),
                    WorkflowStage.of("t", 2, step("next")).dependsOn("s"));
            assertThat(result.step("next").isSuccess()).isTrue();
        }
    }

    // ------------------------------------------------------------------ retries, limits, times

    @Test
    @Conforms("GAP-STAGE-1")
    void shouldTryAFailedStepAgain() {
        final WorkflowResult result = run(
                WorkflowConfig.of("w").withStepRetries(2, Duration.ofMillis(1)),
                WorkflowStage.of("s", 1, step("flaky", context -> {
                    if (context.attempt() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    return context.attempt();
                })));
        assertThat(result.step("flaky").result()).isEqualTo(3);
        assertThat(result.step("flaky").retryAttempts()).isEqualTo(2);
    }

    @Test
    @Conforms("DIFF-16")
    void shouldObeyTheConcurrencyOfWorkflowAndStage() {
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final StepExecutor work = context -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            Working.forMs(5);
            atOnce.decrementAndGet();
            return null;
        };
        final List<WorkflowStep> steps = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            steps.add(step("s" + i, work));
        }
        run(config("w").withMaxConcurrentSteps(3), WorkflowStage.of("s", 1, steps));
        assertThat(most).hasValueBetween(1, 3);
        most.set(0);
        run(config("v"), WorkflowStage.of("s", 1, steps).withMaxConcurrentSteps(2));
        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    @Conforms({"DIFF-16", "GAP-STAGE-1", "DIFF-18"})
    void shouldEndAStageWhoseTimeIsUp() {
        final WorkflowResult result = run(
                config("w"),
                WorkflowStage.of("s", 1, step("quick"), step("endless", context -> Working.endlessly()))
                        .withTimeout(Duration.ofMillis(150)),
                WorkflowStage.of("t", 2, step("never")).dependsOn("s"));
        final StageResult stage = result.stage("s");
        assertThat(stage.isTimedOut()).isTrue();
        assertThat(stage.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(stage.durationMs()).isGreaterThanOrEqualTo(150);
        assertThat(result.step("quick").isSuccess()).isTrue();
        assertThat(result.step("endless").status()).isEqualTo(WorkflowStatus.CANCELLED);
        assertThat(result.stage("t").status()).isEqualTo(WorkflowStatus.SKIPPED);
        final StageTimeoutException thrown = catchThrowableOfType(StageTimeoutException.class, result::orThrow);
        assertThat(thrown.result()).isSameAs(result);
        assertThat(thrown).hasMessageContaining("stage 's' of workflow 'w' failed: its time was up");
    }

    @Test
    void shouldEndAStepAndAWorkflowWhoseTimeIsUp() {
        final WorkflowResult ofStep = run(
                config("step").withStepTimeout(Duration.ofMillis(100)),
                WorkflowStage.of("s", 1, step("endless", context -> Working.endlessly())));
        assertThat(ofStep.step("endless").status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(ofStep.step("endless").error()).isEqualTo("its time was up");
        assertThat(ofStep.stage("s").isTimedOut()).isFalse();
        final WorkflowResult ofAll = run(
                config("all").withWorkflowTimeout(Duration.ofMillis(100)),
                WorkflowStage.of("s", 1, step("endless2", context -> Working.endlessly())),
                WorkflowStage.of("t", 2, step("never")));
        assertThat(ofAll.isTimedOut()).isTrue();
        assertThat(ofAll.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThatThrownBy(ofAll::orThrow).isInstanceOf(StageExecutionException.class);
    }

    // ------------------------------------------------------------------ data

    @Test
    @Conforms({"DIFF-17", "GAP-STAGE-1", "REQ-10"})
    void shouldDeliverInputsAndHandOutputsOn() {
        final Object contract = new Object();
        final WorkflowResult result = executor.executeWorkflow(
                config("w"),
                List.of(
                        WorkflowStage.of(
                                "parse",
                                1,
                                step(
                                                "p",
                                                context -> context.input("path") + "/"
                                                        + context.shared().get("user"))
                                        .input("path", "a.yaml"),
                                step("object", context -> contract)),
                        WorkflowStage.of(
                                        "model",
                                        2,
                                        step("m", context -> context.result("p") + "!", "p"),
                                        step("all", context -> context.stageOutputs("parse")),
                                        step("identity", context -> context.result("object") == contract, "object"))
                                .dependsOn("parse")),
                Map.of("user", "ann"));
        assertThat(result.orThrow().step("m").result()).isEqualTo("a.yaml/ann!");
        assertThat(result.step("identity").result()).isEqualTo(true);
        assertThat(result.step("all").result()).isEqualTo(Map.of("p", "a.yaml/ann", "object", contract));
    }

    @Test
    void shouldRefuseOutputsOfAStageThatMayNotHaveEnded() {
        final WorkflowResult result = run(
                config("w").withStageBarriers(false),
                WorkflowStage.of("one", 1, step("a")),
                WorkflowStage.of("two", 2, step("b", context -> context.stageOutputs("one"))));
        assertThat(result.step("b").error()).contains("not a stage that it depends on or that ends before it");
    }

    // ------------------------------------------------------------------ telling

    @Test
    @Conforms({"T-STAGE-18", "T-STAGE-19"})
    void shouldMeasureStagesAndSignalTheirEnd() {
        final WorkflowResult result = run(
                config("w"),
                WorkflowStage.of("one", 1, failing("bad")),
                WorkflowStage.of("two", 2, step("x")).dependsOn("one"),
                WorkflowStage.of("three", 3, step("y")));
        assertThat(result.skippedStages()).isEqualTo(1);
        final List<PastSignal> signals =
                kernel.coordination("w").signals().history(HistoryFilter.all().type("stage_completed"));
        assertThat(signals)
                .hasSize(2)
                .allSatisfy(signal -> assertThat(signal.sender()).isEqualTo("staged_executor"));
        assertThat(signals)
                .extracting(signal -> signal.payload().toString())
                .anySatisfy(payload -> assertThat(payload).contains("three", "completed"))
                .anySatisfy(payload -> assertThat(payload).contains("one", "failed"));
        final MetricsSnapshot metrics = kernel.metrics().snapshot();
        assertThat(metrics.timing("stage_execution_time").orElseThrow().count()).isEqualTo(2);
        assertThat(metrics.timing("workflow_execution_time").orElseThrow().count())
                .isEqualTo(1);
        assertThat(metrics.gauge("workflow_speedup_ratio").orElseThrow().count())
                .isEqualTo(1);
    }

    @Test
    @Conforms({"T-STAGE-20", "NAME-8"})
    void shouldKeepStatusAndTimesInTheState() {
        run(
                config("test-workflow-10"),
                WorkflowStage.of("s_1", 1, step("task_a", context -> Map.of("result", "success"))));
        final Coordination coordination = kernel.coordination("test-workflow-10");
        assertThat(coordination.state().get(StateKey.text("workflow_test-workflow-10_status")))
                .isEqualTo("completed");
        final Instant start =
                Instant.parse(coordination.state().get(StateKey.text("workflow_test-workflow-10_start_time")));
        assertThat(Instant.parse(coordination.state().get(StateKey.text("workflow_test-workflow-10_end_time"))))
                .isAfterOrEqualTo(start);
        assertThat(coordination.state().view("task_result_task_a")).isEqualTo("{\"result\":\"success\"}");
        assertThat(coordination.state().get(StateKey.json("stage_s_1_context")))
                .contains("\"status\":\"completed\"")
                .contains("\"outputs\":{\"task_a\":{\"result\":\"success\"}}");
    }

    @Test
    void shouldCountWhatItHasDone() {
        assertThat(executor.getStatistics().avgSpeedup()).isZero();
        run(config("a"), WorkflowStage.of("s", 1, step("x"), failing("y")));
        run(config("b"), WorkflowStage.of("s", 1, step("x")));
        final WorkflowStatistics statistics = executor.getStatistics();
        assertThat(statistics.totalWorkflows()).isEqualTo(2);
        assertThat(statistics.successfulWorkflows()).isEqualTo(1);
        assertThat(statistics.totalSteps()).isEqualTo(3);
        assertThat(statistics.successfulSteps()).isEqualTo(2);
        assertThat(statistics.avgWorkflowDurationMs()).isPositive();
        assertThat(statistics.activeWorkflows()).isZero();
    }

    // ------------------------------------------------------------------ several at once, stopping

    @Test
    @Conforms({"GAP-STAGE-1", "REQ-10"})
    void shouldRunTwoWorkflowsAtOnce() {
        final CyclicBarrier together = new CyclicBarrier(2);
        final StepExecutor meet = context -> {
            together.await(60, TimeUnit.SECONDS);
            return context.workflowId();
        };
        final CompletableFuture<WorkflowResult> other =
                CompletableFuture.supplyAsync(() -> run(config("one"), WorkflowStage.of("parse", 1, step("m", meet))));
        final WorkflowResult mine = run(config("two"), WorkflowStage.of("parse", 1, step("m", meet)));
        assertThat(mine.orThrow().step("m").result()).isEqualTo("two");
        assertThat(other.join().orThrow().step("m").result()).isEqualTo("one");
        assertThat(kernel.coordination("one").state().get(StateKey.json("stage_parse_context")))
                .contains("\"workflow_id\":\"one\"");
    }

    @Test
    void shouldRefuseAWorkflowThatIsUnderWayAndCancelIt() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final WorkflowStage stage = WorkflowStage.of("s", 1, step("endless", context -> {
            begun.countDown();
            return Working.endlessly();
        }));
        final CompletableFuture<WorkflowResult> first = CompletableFuture.supplyAsync(() -> run(config("w"), stage));
        begun.await();
        assertThat(executor.activeWorkflows()).containsExactly("w");
        assertThatThrownBy(() -> run(config("w"), WorkflowStage.of("s", 1, step("x"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("under way already");
        assertThat(executor.cancel("nobody")).isFalse();
        assertThat(executor.cancel("w")).isTrue();
        final WorkflowResult result = first.join();
        assertThat(result.status()).isEqualTo(WorkflowStatus.CANCELLED);
        assertThat(executor.activeWorkflows()).isEmpty();
        assertThatThrownBy(result::orThrow).hasMessageContaining("workflow 'w' was stopped");
    }

    @Test
    void shouldTellHowFarItIs() throws Exception {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch begun = new CountDownLatch(1);
        final CompletableFuture<WorkflowResult> ended = CompletableFuture.supplyAsync(() -> run(
                config("w"),
                WorkflowStage.of("one", 1, step("a"), failing("b")),
                WorkflowStage.of("two", 2, step("never")).dependsOn("one"),
                WorkflowStage.of("three", 3, step("c", context -> {
                    begun.countDown();
                    return asked.await(60, TimeUnit.SECONDS);
                })),
                WorkflowStage.of("four", 4, step("d"))));
        begun.await();
        final WorkflowProgress progress = executor.progress("w");
        asked.countDown();
        assertThat(progress.stages())
                .containsExactly(
                        Map.entry("one", WorkflowStatus.FAILED),
                        Map.entry("two", WorkflowStatus.SKIPPED),
                        Map.entry("three", WorkflowStatus.IN_PROGRESS),
                        Map.entry("four", WorkflowStatus.PENDING));
        assertThat(progress.endedSteps()).isEqualTo(3);
        assertThat(progress.failedSteps()).isEqualTo(1);
        assertThat(progress.share()).isEqualTo(0.6);
        assertThat(ended.join().status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(executor.progress("w")).isNull();
    }

    @Test
    void shouldCancelWhenItsCallerIsInterrupted() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final CompletableFuture<WorkflowResult> ended = new CompletableFuture<>();
        final Thread caller = new Thread(() -> {
            final WorkflowResult result = run(config("w"), WorkflowStage.of("s", 1, step("endless", context -> {
                begun.countDown();
                return Working.endlessly();
            })));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            ended.complete(result);
        });
        caller.start();
        begun.await();
        caller.interrupt();
        assertThat(ended.get(60, TimeUnit.SECONDS).status()).isEqualTo(WorkflowStatus.CANCELLED);
        caller.join();
    }

    @Test
    void shouldShareAKernelWithAnotherEngineAndCancelWhatIsUnderWayWhenItCloses() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final WorkflowEngine other = new WorkflowEngine(kernel);
        final CompletableFuture<WorkflowResult> ended =
                CompletableFuture.supplyAsync(() -> new StagedParallelExecutor(other)
                        .executeWorkflow("other", List.of(WorkflowStage.of("s", 1, step("endless", context -> {
                            begun.countDown();
                            return Working.endlessly();
                        })))));
        begun.await();
        for (int i = 0; i < 20; i++) {
            assertThat(run(config("mine"), WorkflowStage.of("s", 1, step("x"), step("y")))
                            .isSuccess())
                    .isTrue();
        }
        other.close();
        assertThat(ended.get(60, TimeUnit.SECONDS).status()).isEqualTo(WorkflowStatus.CANCELLED);
        assertThatThrownBy(() -> new StagedParallelExecutor(other)
                        .executeWorkflow("w", List.of(WorkflowStage.of("s", 1, step("x")))))
                .hasMessageContaining("closed");
    }

    // ------------------------------------------------------------------ whole workflows

    @Test
    @Conforms("T-STAGE-23")
    void shouldRunSixPhasesOfThreeSteps() {
        final List<String> phases = List.of("parse", "models", "validators", "tests", "quality", "package");
        final List<WorkflowStage> stages = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            final List<WorkflowStep> steps = new ArrayList<>();
            for (int n = 0; n < 3; n++) {
                steps.add(step(phases.get(i) + n, context -> {
                    Working.forMs(200);
                    return null;
                }));
            }
            final WorkflowStage stage = WorkflowStage.of(phases.get(i), i + 1, steps);
            stages.add(i == 0 ? stage : stage.dependsOn(phases.get(i - 1)));
        }
        final WorkflowResult result = executor.executeWorkflow("w", stages);
        assertThat(result.successfulStages()).isEqualTo(6);
        assertThat(result.successfulSteps()).isEqualTo(18);
        assertThat(ran.subList(0, 3)).allMatch(id -> id.startsWith("parse"));
        assertThat(ran.subList(3, 6)).allMatch(id -> id.startsWith("models"));
        assertThat(result.overallSpeedup()).isGreaterThanOrEqualTo(2.0);
        assertThat(result.totalDurationMs()).isLessThan(5000);
    }

    @Test
    @Conforms("T-IPERF-04")
    void shouldSurviveFiftyStepsThatSometimesFail() {
        final List<WorkflowStep> steps = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            steps.add(i % 3 == 0 && i % 2 == 0 ? failing("s" + i) : step("s" + i));
        }
        final WorkflowResult result = run(config("w"), WorkflowStage.of("s", 1, steps));
        assertThat(result.totalSteps()).isEqualTo(50);
        assertThat(result.successRate()).isGreaterThanOrEqualTo(0.6);
    }

    @Test
    @Conforms("T-IPERF-05")
    void shouldRunTwentyWorkflowsInTime() {
        final long startNs = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            final List<WorkflowStep> steps = new ArrayList<>();
            for (int n = 0; n < 5; n++) {
                steps.add(step("s" + n, context -> {
                    Working.forMs(50);
                    return null;
                }));
            }
            assertThat(run(config("w" + i), WorkflowStage.of("s", 1, steps)).isSuccess())
                    .isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(5));
    }
}
