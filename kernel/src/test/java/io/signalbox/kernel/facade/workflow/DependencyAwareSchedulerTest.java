package io.signalbox.kernel.facade.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.StepLoad;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.plan.CircularDependencyException;
import io.signalbox.kernel.plan.PlanSettings;
import io.signalbox.kernel.plan.PlanStrategy;
import io.signalbox.kernel.plan.TaskNotFoundException;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.OnError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks through the kernel. Bounds of time are those of the systems before us. */
@Timeout(120)
class DependencyAwareSchedulerTest {
    private final Kernel kernel = Kernel.launch(KernelConfig.standard());
    private final WorkflowEngine engine = new WorkflowEngine(kernel);
    private final Coordination coordination = kernel.coordination("build");
    private final DependencyAwareScheduler scheduler = new DependencyAwareScheduler(engine, coordination);
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        engine.close();
        kernel.close();
    }

    private StepExecutor work(final long ms) {
        return context -> {
            ran.add(context.stepId());
            Working.forMs(ms);
            return context.stepId() + " done";
        };
    }

    private ScheduleResult run() {
        scheduler.schedule();
        return scheduler.execute();
    }

    // ------------------------------------------------------------------ tasks and schedule

    @Test
    @Conforms({"T-SCHED-14", "T-SCHED-15", "T-SCHED-29"})
    void shouldTakeATaskOnceAsPending() {
        scheduler.addTask("task_a", work(0));
        assertThat(scheduler.size()).isEqualTo(1);
        assertThat(scheduler.getTaskStatus("task_a")).isEqualTo(WorkflowStatus.PENDING);
        assertThatThrownBy(() -> scheduler.addTask("task_a", work(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already exists");
        assertThatThrownBy(() -> scheduler.addTask("task_b", null)).hasMessageContaining("must be callable");
        assertThatThrownBy(() -> scheduler.getTaskStatus("nobody")).hasMessageContaining("there is no task 'nobody'");
        scheduler.addTask("b", work(0), "task_a");
        assertThat(scheduler.getDag()).isEqualTo(Map.of("task_a", List.of(), "b", List.of("task_a")));
    }

    @Test
    @Conforms({"T-SCHED-18", "T-SCHED-28"})
    void shouldRefuseToScheduleACycle() {
        scheduler.addTask("a", work(0), "b");
        scheduler.addTask("b", work(0), "a");
        assertThat(scheduler.detectDeadlock()).isTrue();
        assertThatThrownBy(scheduler::schedule).isInstanceOf(CircularDependencyException.class);
    }

    @Test
    @Conforms("T-SCHED-19")
    void shouldRefuseToScheduleAnUnknownDependency() {
        scheduler.addTask("a", work(0), "nobody");
        assertThat(scheduler.detectDeadlock()).isFalse();
        assertThatThrownBy(scheduler::schedule).isInstanceOf(TaskNotFoundException.class);
    }

    @Test
    @Conforms("T-SCHED-20")
    void shouldExecuteOnlyWhatIsScheduled() {
        scheduler.addTask("a", work(0));
        assertThatThrownBy(scheduler::execute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Must call schedule");
        scheduler.schedule();
        scheduler.addTask("b", work(0));
        assertThatThrownBy(scheduler::execute).hasMessageContaining("Must call schedule");
    }

    @Test
    @Conforms({"T-SCHED-26", "T-SCHED-27"})
    void shouldSummariseTheScheduleAndClearIt() {
        scheduler.addTask("a", work(0));
        scheduler.addTask("b", work(0));
        assertThat(scheduler.getWaveSummary()).isEmpty();
        assertThat(scheduler.schedule())
                .containsExactly(new ExecutionWave(1, List.of("a", "b"), WorkflowStatus.PENDING));
        assertThat(scheduler.getWaveSummary().get(0).taskCount()).isEqualTo(2);
        scheduler.execute();
        assertThat(scheduler.getWaveSummary().get(0).status()).isEqualTo(WorkflowStatus.COMPLETED);
        assertThat(scheduler.getTaskStatus("a")).isEqualTo(WorkflowStatus.COMPLETED);
        scheduler.clear();
        assertThat(scheduler.size()).isZero();
        assertThat(scheduler.getWaveSummary()).isEmpty();
    }

    @Test
    @Conforms("T-SCHED-30")
    void shouldScheduleAChainOfTenInTenMilliseconds() {
        for (int i = 0; i < 10; i++) {
            scheduler.addTask("t" + i, work(0), i == 0 ? new String[0] : new String[] {"t" + (i - 1)});
        }
        assertThat(Working.soonEnough(this::schedulingTime, time -> time.toMillis() < 10))
                .isLessThan(Duration.ofMillis(10));
        assertThat(scheduler.getWaveSummary()).hasSize(10);
    }

    private Duration schedulingTime() {
        final long startNs = System.nanoTime();
        scheduler.schedule();
        return Duration.ofNanos(System.nanoTime() - startNs);
    }

    @Test
    @Conforms("T-SCHED-31")
    void shouldScheduleAHundredTasksInFiftyMilliseconds() {
        for (int i = 0; i < 100; i++) {
            final List<String> before = new ArrayList<>();
            for (int n = 0; i % 5 == 0 && n < i; n++) {
                before.add("t" + n);
            }
            scheduler.addTask(ScheduledTask.of("t" + i, work(0), before.toArray(new String[0])));
        }
        assertThat(Working.soonEnough(this::schedulingTime, time -> time.toMillis() < 50))
                .isLessThan(Duration.ofMillis(50));
        assertThat(scheduler.plan(PlanSettings.STANDARD).strategy()).isEqualTo(PlanStrategy.FULL_PARALLEL);
    }

    // ------------------------------------------------------------------ execution

    @Test
    @Conforms("T-SCHED-21")
    void shouldRunThreeTasksSideBySide() {
        for (final String id : List.of("a", "b", "c")) {
            scheduler.addTask(id, work(100));
        }
        final ScheduleResult result = Working.soonEnough(this::run, run -> run.totalDurationMs() < 150);
        assertThat(result.totalDurationMs()).isLessThan(200);
        assertThat(result.successfulTasks()).isEqualTo(3);
        assertThat(result.speedupRatio()).isGreaterThan(2.0);
    }

    @Test
    @Conforms("T-SCHED-22")
    void shouldHandResultsOn() {
        scheduler.addTask("a", context -> 1);
        scheduler.addTask("b", context -> (Integer) context.result("a") + 1, "a");
        scheduler.addTask("c", context -> (Integer) context.result("b") + 1, "b");
        assertThat(run().taskResults()).isEqualTo(Map.of("a", 1, "b", 2, "c", 3));
    }

    @Test
    @Conforms({"T-SCHED-23", "NAME-8"})
    void shouldKeepTheResultOfATaskInTheStateView() {
        scheduler.addTask("task_a", context -> Map.of("result", "success"));
        run();
        assertThat(coordination.state().view("task_result_task_a")).isEqualTo("{\"result\":\"success\"}");
    }

    @Test
    @Conforms("T-SCHED-25")
    void shouldTryATaskAgain() {
        final AtomicInteger calls = new AtomicInteger();
        scheduler.addTask(ScheduledTask.of("a", context -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("once");
                    }
                    return "ok";
                })
                .withRetryCount(2));
        assertThat(run().successfulTasks()).isEqualTo(1);
        assertThat(calls).hasValue(2);
    }

    @Test
    @Conforms("T-SCHED-32")
    void shouldBeAtLeastTwiceAsFastWithTenTasks() {
        for (int i = 0; i < 10; i++) {
            scheduler.addTask("t" + i, work(50));
        }
        assertThat(Working.soonEnough(this::run, run -> run.speedupRatio() >= 2.0)
                        .speedupRatio())
                .isGreaterThanOrEqualTo(2.0);
    }

    @Test
    @Conforms({"GAP-SCHED-1", "REQ-7", "DIFF-15"})
    void shouldNotRunWhatDependsOnAFailedTaskUnlessItAllowsThat() {
        scheduler.addTask("bad", context -> {
            throw new IllegalStateException("broken");
        });
        scheduler.addTask("good", work(0));
        scheduler.addTask("strict", work(0), "bad");
        scheduler.addTask("later", work(0), "strict");
        scheduler.addTask(ScheduledTask.of("tolerant", context -> context.dependencyResults(), "bad", "good")
                .withTerms(StepTerms.STANDARD.allowingPartialDependencies()));
        final ScheduleResult result = run();
        assertThat(result.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(result.failedTasks()).isEqualTo(1);
        assertThat(result.skippedTasks()).isEqualTo(2);
        assertThat(result.tasks().get("tolerant").result()).isEqualTo(Map.of("good", "good done"));
        assertThat(result.taskErrors().get("bad")).contains("broken");
        assertThat(result.taskErrors().get("strict"))
                .isEqualTo("not run: 'bad', which it depends on, has not succeeded");
        assertThat(result.taskErrors().get("later")).contains("'strict', which it depends on");
        assertThat(ran).containsExactly("good");
    }

    @Test
    @Conforms({"GAP-SCHED-1", "FUTURE-31"})
    void shouldUndoWhatHasSucceededInReverse() {
        for (final String id : List.of("a", "b")) {
            scheduler.addTask(
                    ScheduledTask.of(id, context -> id + "!", id.equals("b") ? new String[] {"a"} : new String[0])
                            .undoneBy(context -> {
                                ran.add("undo " + context.result(id));
                                return null;
                            }));
        }
        scheduler.addTask(
                "bad",
                context -> {
                    throw new IllegalStateException("broken");
                },
                "b");
        scheduler.withOnError(OnError.COMPENSATE);
        final ScheduleResult result = run();
        assertThat(result.isCompensated()).isTrue();
        assertThat(result.status()).isEqualTo(WorkflowStatus.FAILED);
        assertThat(ran).containsExactly("undo b!", "undo a!");
    }

    @Test
    @Conforms("GAP-SCHED-1")
    void shouldFailATaskWhoseTimeIsUpAndInterruptIt() {
        final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        scheduler.addTask(ScheduledTask.of("endless", context -> {
                    try {
                        return Working.endlessly();
                    } catch (final InterruptedException e) {
                        interrupted.complete(context.isStopped());
                        throw e;
                    }
                })
                .withTimeout(Duration.ofMillis(100)));
        final ScheduleResult result = run();
        assertThat(result.taskErrors().get("endless")).isEqualTo("its time was up");
        assertThat(interrupted.join()).isTrue();
    }

    @Test
    @Conforms({"GAP-SCHED-1", "REQ-7"})
    void shouldHoldNoPlaceWhileItBacksOff() {
        final DependencyAwareScheduler one = new DependencyAwareScheduler(engine, coordination, 1);
        one.addTask(ScheduledTask.of("flaky", context -> {
                    ran.add("flaky " + context.attempt());
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("once");
                    }
                    return null;
                })
                .withRetryCount(1));
        one.addTask("other", work(0));
        one.schedule();
        final ScheduleResult result = one.execute();
        assertThat(ran).containsExactly("flaky 1", "other", "flaky 2");
        assertThat(result.totalDurationMs()).as("a second of pause").isGreaterThanOrEqualTo(1000);
        assertThat(result.sequentialDurationMs()).as("pauses are no work").isLessThan(900);
    }

    @Test
    @Conforms({"GAP-SCHED-1", "FUTURE-31"})
    void shouldHoldConcurrencyLimitsAndPriorities() {
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final DependencyAwareScheduler three =
                new DependencyAwareScheduler(engine, coordination, 3).withLimits(LimitDefinition.capacity("gpu", 1));
        for (int i = 0; i < 20; i++) {
            three.addTask("t" + i, context -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                Working.forMs(2);
                return atOnce.decrementAndGet();
            });
        }
        final StepTerms onGpu = StepTerms.STANDARD.using(new LimitUse("gpu", 1)).withLoad(StepLoad.CPU);
        three.addTask(ScheduledTask.of("second", work(1)).withTerms(onGpu.withPriority(5)));
        three.addTask(ScheduledTask.of("first", work(1)).withTerms(onGpu.withPriority(9)));
        three.schedule();
        assertThat(three.execute().isSuccess()).isTrue();
        assertThat(most).hasValueBetween(1, 3);
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    @Conforms("GAP-SCHED-1")
    void shouldExecuteNothingAndTheSameAgain() {
        assertThat(run().isSuccess()).isTrue();
        scheduler.addTask("a", work(0));
        scheduler.addTask("b", work(0), "a");
        scheduler.addTask("c", work(0), "a");
        scheduler.addTask("d", work(0), "b", "c");
        run();
        final ScheduleResult again = scheduler.execute();
        assertThat(again.taskResults().keySet()).containsExactly("a", "b", "c", "d");
        assertThat(ran).hasSize(8);
        assertThat(ran.get(3)).isEqualTo("d");
        assertThat(ran.get(7)).isEqualTo("d");
    }

    @Test
    @Conforms("GAP-SCHED-1")
    void shouldBeCancelledFromAnotherThread() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        scheduler.addTask("endless", context -> {
            begun.countDown();
            return Working.endlessly();
        });
        scheduler.addTask("after", work(0), "endless");
        final CompletableFuture<ScheduleResult> ended = CompletableFuture.supplyAsync(this::run);
        begun.await();
        assertThat(scheduler.getTaskStatus("endless")).isEqualTo(WorkflowStatus.IN_PROGRESS);
        assertThatThrownBy(scheduler::execute).hasMessageContaining("under way");
        assertThat(scheduler.cancel()).isTrue();
        assertThat(ended.join().status()).isEqualTo(WorkflowStatus.CANCELLED);
        assertThat(ran).isEmpty();
        assertThat(scheduler.cancel()).isFalse();
    }

    @Test
    @Conforms({"GAP-SCHED-1", "REQ-7"})
    void shouldKeepTheOrderOfResultsUnderLoadAndNeverStartTooEarly() {
        for (int i = 0; i < 300; i++) {
            final int number = i;
            scheduler.addTask(
                    "t" + i,
                    context -> {
                        assertThat(context.dependencyResults()).hasSize(number == 0 ? 0 : 1);
                        return number;
                    },
                    i == 0 ? new String[0] : new String[] {"t" + i / 2});
        }
        final ScheduleResult result = run();
        assertThat(result.isSuccess()).isTrue();
        final List<Object> values = new ArrayList<>(result.taskResults().values());
        assertThat(values).hasSize(300).isSortedAccordingTo((a, b) -> (Integer) a - (Integer) b);
    }

    @Test
    void shouldStartATaskWhenItsLastDependencyEndsAndNotWithItsWave() {
        final CountDownLatch nextRan = new CountDownLatch(1);
        scheduler.addTask("slow", context -> nextRan.await(60, TimeUnit.SECONDS));
        scheduler.addTask("fast", work(0));
        scheduler.addTask(
                "next",
                context -> {
                    nextRan.countDown();
                    return null;
                },
                "fast");
        assertThat(run().tasks().get("slow").result()).isEqualTo(true);
    }

    // ------------------------------------------------------------------ the older engine

    @Test
    @Conforms("T-OMNI-01")
    void shouldDevelopAnApi() {
        scheduler.addTask("api_design", work(100));
        scheduler.addTask("db_setup", work(100));
        scheduler.addTask("security_config", work(100));
        scheduler.addTask("api_implementation", work(100), "api_design");
        scheduler.addTask("deployment_config", work(100), "security_config");
        scheduler.addTask("integration_tests", work(100), "api_implementation");
        scheduler.addTask(
                "quality_validation",
                context ->
                        Map.of("validation_passed", context.dependencyResults().size() == 3),
                "api_implementation",
                "integration_tests",
                "db_setup");
        final ScheduleResult result = run();
        assertThat(scheduler.plan(PlanSettings.STANDARD).strategy()).isEqualTo(PlanStrategy.DEPENDENCY_CHAINS);
        assertThat(result.successfulTasks()).isEqualTo(7);
        assertThat(result.successRate()).isEqualTo(1.0);
        assertThat(result.speedupRatio()).isGreaterThan(1.5);
        final Map<?, ?> document = result.document();
        assertThat(((Map<?, ?>) document.get("execution_summary")).get("successful_steps"))
                .isEqualTo(7);
        assertThat(((Map<?, ?>) document.get("workflow_results")).get("quality_validation"))
                .isEqualTo(Map.of("validation_passed", true));
    }

    @Test
    @Conforms("T-OMNI-02")
    void shouldCollectEverythingWhenSomeStepsFail() {
        scheduler.addTask("models", work(0));
        scheduler.addTask("validators", context -> {
            throw new IllegalArgumentException("no schema for field 'age'");
        });
        scheduler.addTask("tests", work(0), "validators");
        scheduler.addTask("docs", work(0), "models");
        final ScheduleResult result = run();
        assertThat(result.taskResults()).isEqualTo(Map.of("models", "models done", "docs", "docs done"));
        assertThat(result.taskErrors())
                .containsOnlyKeys("validators", "tests")
                .hasEntrySatisfying(
                        "validators",
                        error -> assertThat(error).contains("IllegalArgumentException", "no schema for field 'age'"))
                .containsEntry("tests", "not run: 'validators', which it depends on, has not succeeded");
    }
}
