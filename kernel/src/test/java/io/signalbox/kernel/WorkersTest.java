package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers in this process, through the front door. */
@Timeout(60)
class WorkersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private Kernel kernel = Kernel.launch(KernelConfig.standard());

    @AfterEach
    void close() {
        kernel.close();
        executor.shutdownNow();
    }

    private void launchAnew(final KernelConfig config) {
        kernel.close();
        kernel = Kernel.launch(config);
    }

    private static StepDefinition step(final String id, final String payload, final String... needs) {
        return StepDefinition.of(id, needs).withPayload(payload.getBytes(StandardCharsets.UTF_8));
    }

    private WorkflowRunHandle start(final WorkflowDefinition definition) {
        return kernel.global().start(kernel.deploy(definition), "in".getBytes(StandardCharsets.UTF_8));
    }

    private WorkflowRunHandle start(final StepDefinition... steps) {
        return start(WorkflowDefinition.of("work", List.of(steps)));
    }

    private RunSnapshot end(final WorkflowRunHandle run) {
        assertThat(run.await(PATIENCE)).isNotNull();
        return run.snapshot();
    }

    private static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(
            value = Threading.class,
            names = {"CALLER", "SHARED", "DEDICATED"})
    void shouldHandResultsFromStepToStep(final Threading threading) {
        launchAnew(KernelConfig.standard().withThreading(threading));
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.on(executor)
                        .handle("begin", context -> StepResult.success(context.inputsText()))
                        .handle(
                                "join",
                                context -> StepResult.success(
                                        context.resultText("b") + context.resultText("c") + context.resultText("a")))
                        .handleOthers(context ->
                                StepResult.success(context.resultText("a") + "-" + context.payloadText())))) {
            final RunSnapshot run = end(start(
                    step("a", "begin"), step("b", "left", "a"), step("c", "right", "a"), step("d", "join", "b", "c")));
            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(text(run.step("d").result())).isEqualTo("in-leftin-rightin");
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldTakeWhatIsThrownForAFailureWithItsText() {
        final AtomicInteger attempts = new AtomicInteger();
        try (Workers workers = kernel.tasks().serve(WorkerTerms.on(executor).handleOthers(context -> {
            attempts.incrementAndGet();
            if (context.attempt() < 3) {
                throw new java.io.IOException("no route at attempt " + context.attempt());
            }
            return StepResult.success("done");
        }))) {
            final RetryPolicy twice = new RetryPolicy(2, 0, 1, 0, 0);
            assertThat(end(start(step("a", "").withRetry(twice))).step("a").state())
                    .isEqualTo(StepState.SUCCEEDED);
            final RunSnapshot failed = end(start(step("a", "").withRetry(new RetryPolicy(1, 0, 1, 0, 0))));
            assertThat(failed.state()).isEqualTo(RunState.FAILED);
            assertThat(text(failed.step("a").detail())).isEqualTo("java.io.IOException: no route at attempt 2");
            assertThat(attempts).hasValue(5);
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldEndAStepInEveryWay() {
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.ownThreads()
                        .handle("skip", context -> StepResult.skip("not today"))
                        .handle("fail", context -> StepResult.failure("broken").withExitCode(7))
                        .handle("fatal", context -> StepResult.failureForGood("never"))
                        .handle("null", context -> null)
                        .handle("long", context -> StepResult.success(new byte[1 << 20]))
                        .handle(
                                "release",
                                context -> context.attempt() == 1
                                        ? StepResult.release()
                                        : StepResult.success("" + context.attempt()))
                        .handleOthers(context -> StepResult.success(
                                context.state("s") + " " + context.state(1) + " " + context.needs())))) {
            final RetryPolicy often = new RetryPolicy(3, 0, 1, 0, 0);
            final RunSnapshot run = end(start(WorkflowDefinition.of(
                            "ends",
                            List.of(
                                    step("s", "skip"),
                                    step("f", "fail"),
                                    step("g", "fatal").withRetry(often),
                                    step("n", "null").withRetry(often),
                                    step("l", "long").withRetry(often),
                                    step("r", "release"),
                                    step("after", "", "s", "f").judgingNeeds()))
                    .withOnError(OnError.COLLECT_ALL)));
            assertThat(run.state()).isEqualTo(RunState.PARTLY_FAILED);
            assertThat(run.step("s").state()).isEqualTo(StepState.SKIPPED);
            assertThat(text(run.step("s").detail())).isEqualTo("not today");
            assertThat(run.step("f").exitCode()).isEqualTo(7);
            assertThat(run.step("g").attempts()).isEqualTo(1);
            assertThat(text(run.step("n").detail())).isEqualTo("the function of step 'n' answered null");
            assertThat(text(run.step("l").detail()))
                    .isEqualTo("TOO_LONG: the result of step 'l' has 1048576 bytes, at most 262144 are taken");
            assertThat(text(run.step("r").result())).isEqualTo("2");
            assertThat(text(run.step("after").result())).isEqualTo("SKIPPED FAILED [s, f]");
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldKeepProcessorsForAsManyAsThereArePlacesAndThreadsForAllThatWait() throws InterruptedException {
        final AtomicInteger busy = new AtomicInteger();
        final AtomicInteger busyMax = new AtomicInteger();
        final CountDownLatch together = new CountDownLatch(50);
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.on(executor)
                        .withParallelism(2)
                        .handle("cpu", context -> {
                            busyMax.accumulateAndGet(busy.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            busy.decrementAndGet();
                            return StepResult.success();
                        })
                        .handle("io", StepLoad.IO, context -> {
                            together.countDown();
                            assertThat(together.await(20, TimeUnit.SECONDS)).isTrue();
                            return StepResult.success();
                        }))) {
            final List<StepDefinition> steps = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                steps.add(step("io" + i, "io"));
                steps.add(step("cpu" + i, "cpu"));
            }
            assertThat(end(start(WorkflowDefinition.of("many", steps))).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(busyMax.get()).isBetween(1, 2);
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldServeSeveralRunsOnSeveralExecutors() {
        final Set<String> threads = ConcurrentHashMap.newKeySet();
        final ExecutorService other = Executors.newSingleThreadExecutor(task -> new Thread(task, "other"));
        try (Workers left = kernel.tasks().serve(WorkerTerms.on(executor).handle("left", context -> {
                    threads.add("left " + Thread.currentThread().getName().startsWith("pool"));
                    return StepResult.success();
                }));
                Workers right = kernel.tasks().serve(WorkerTerms.on(other).handle("right", context -> {
                    threads.add("right " + Thread.currentThread().getName());
                    return StepResult.success();
                }))) {
            final List<WorkflowRunHandle> runs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                runs.add(start(step("a", "left"), step("b", "right", "a"), step("c", "left", "b"), step("d", "right")));
            }
            runs.forEach(run -> assertThat(end(run).state()).isEqualTo(RunState.SUCCEEDED));
            assertThat(threads).containsExactlyInAnyOrder("left true", "right other");
            assertThat(left.isClosed() || right.isClosed()).isFalse();
        } finally {
            other.shutdown();
        }
    }

    @Test
    void shouldLeaveToOthersWhatItHasNoFunctionFor() throws InterruptedException {
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.on(executor)
                        .only(task -> !task.step().id().startsWith("by-hand"))
                        .handleOthers(context -> StepResult.success()))) {
            final WorkflowRunHandle run = start(step("a", ""), step("by-hand", "", "a"), step("c", "", "by-hand"));
            Tasks.Task task = null;
            while (task == null) {
                task = kernel.tasks().take(20, TimeUnit.SECONDS) instanceof Tasks.Task taken ? taken : null;
            }
            assertThat(task.step().id()).isEqualTo("by-hand");
            kernel.tasks().finish(task, io.signalbox.kernel.workflow.StepEnding.SUCCEEDED, 0, new byte[0], new byte[0]);
            assertThat(end(run).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldDrainAtCloseAndLeaveTheRestForThoseWhoComeAfter() throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch mayGoOn = new CountDownLatch(1);
        final Workers first = kernel.tasks()
                .serve(WorkerTerms.on(executor).withParallelism(1).handleOthers(context -> {
                    begun.countDown();
                    assertThat(mayGoOn.await(20, TimeUnit.SECONDS)).isTrue();
                    return StepResult.success("first");
                }));
        final WorkflowRunHandle run = start(step("a", ""), step("b", "", "a"), step("c", ""));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        final Thread closer = new Thread(first::close);
        closer.start();
        while (!first.isClosed()) {
            Thread.onSpinWait();
        }
        mayGoOn.countDown();
        closer.join();
        assertThat(text(run.step(0).result())).isEqualTo("first");
        assertThat(run.step(2).state()).isEqualTo(StepState.ASSIGNED);
        try (Workers second =
                kernel.tasks().serve(WorkerTerms.on(executor).handleOthers(context -> StepResult.success("second")))) {
            final RunSnapshot end = end(run);
            assertThat(text(end.step("b").result())).isEqualTo("second");
            assertThat(text(end.step("c").result())).isEqualTo("second");
            assertThat(second.isClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(StepLoad.class)
    void shouldTellWhoIsNoLongerWanted(final StepLoad load) throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch told = new CountDownLatch(1);
        try (Workers workers = kernel.tasks().serve(WorkerTerms.on(executor).handleOthers(load, context -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (final InterruptedException e) {
                if (context.isStopped()) {
                    told.countDown();
                }
            }
            return StepResult.success("too late");
        }))) {
            final WorkflowRunHandle run = start(step("a", ""));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            run.cancel().orThrow();
            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(end(run).state()).isEqualTo(RunState.CANCELLED);
            assertThat(run.step(0).result()).isEmpty();
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldDoByHandWhatIsOfferedWithAClockOfItsOwn() {
        final ManualClock clock = new ManualClock(1_000);
        launchAnew(KernelConfig.standard().withThreading(Threading.INVOKER).withClock(clock));
        final List<String> done = new ArrayList<>();
        try (Workers workers = kernel.tasks().serve(WorkerTerms.byHand().handleOthers(StepLoad.IO, context -> {
            done.add(context.step().id() + context.attempt());
            return context.attempt() == 1 && context.step().id().equals("b")
                    ? StepResult.failure("first")
                    : StepResult.success();
        }))) {
            final WorkflowRunHandle run = start(
                    step("a", ""),
                    step("b", "", "a").withRetry(new RetryPolicy(1, 500, 1, 500, 0)),
                    step("c", "", "b"));
            assertThat(workers.work()).isEqualTo(2);
            assertThat(workers.work()).isZero();
            clock.moveTo(2_000);
            kernel.pulse();
            assertThat(workers.work()).isEqualTo(2);
            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(done).containsExactly("a1", "b1", "b2", "c1");
        }
    }

    @Test
    void shouldGoOnWithAnExecutorThatRefusesOrRunsAtOnce() {
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.on(task -> {
                            throw new RejectedExecutionException("full");
                        })
                        .handleOthers(context -> StepResult.success()))) {
            assertThat(end(start(step("a", ""), step("b", "", "a"))).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(workers.isClosed()).isFalse();
        }
        try (Workers workers =
                kernel.tasks().serve(WorkerTerms.on(Runnable::run).handleOthers(context -> StepResult.success()))) {
            assertThat(end(start(step("a", ""), step("b", "", "a"))).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldFailAStepWhoseFunctionCannotBeChosen() {
        try (Workers workers = kernel.tasks()
                .serve(WorkerTerms.on(executor)
                        .named(step -> {
                            throw new IllegalArgumentException("no name in " + step.id());
                        })
                        .handle("x", context -> StepResult.success()))) {
            assertThat(text(end(start(step("a", ""))).step("a").detail()))
                    .isEqualTo("java.lang.IllegalArgumentException: no name in a");
            assertThat(workers.isClosed()).isFalse();
        }
    }

    @Test
    void shouldRefuseTermsThatMakeNoSense() {
        final WorkerTerms terms = WorkerTerms.on(executor).handle("a", context -> StepResult.success());
        assertThatThrownBy(() -> terms.handle("a", context -> StepResult.success()))
                .hasMessage("steps of name 'a' have a function already");
        assertThatThrownBy(() -> terms.withParallelism(0)).hasMessage("parallelism must be at least 1: 0");
        assertThatThrownBy(() -> StepResult.success().ofQuality(1.5)).hasMessage("quality must be in 0..1: 1.5");
        try (Workers workers = kernel.tasks().serve(terms)) {
            assertThatThrownBy(workers::work).hasMessageContaining("only byHand() ones are called");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Threading.class,
            names = {"CALLER", "SHARED"})
    void shouldDoARandomGraphInItsOrder(final Threading threading) {
        launchAnew(KernelConfig.standard().withThreading(threading));
        final int count = 5_000;
        final Random random = new Random(42);
        final List<StepDefinition> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Set<String> needs = new java.util.TreeSet<>();
            for (int n = 0; n < random.nextInt(4) && i > 0; n++) {
                needs.add("s" + random.nextInt(i));
            }
            steps.add(StepDefinition.of("s" + i, List.copyOf(needs)));
        }
        final AtomicInteger done = new AtomicInteger();
        final Set<String> ended = ConcurrentHashMap.newKeySet();
        try (Workers workers = kernel.tasks().serve(WorkerTerms.on(executor).handleOthers(context -> {
            if (!ended.containsAll(context.needs())) {
                throw new IllegalStateException("too early: " + context.step().id());
            }
            ended.add(context.step().id());
            done.incrementAndGet();
            return StepResult.success();
        }))) {
            assertThat(end(start(WorkflowDefinition.of("random", steps))).state())
                    .isEqualTo(RunState.SUCCEEDED);
            assertThat(done).hasValue(count);
            assertThat(workers.isClosed()).isFalse();
        }
    }
}
