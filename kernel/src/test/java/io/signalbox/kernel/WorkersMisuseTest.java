package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions and executors that do what they should not: no step gets lost by them, and nobody else waits for them. */
@Timeout(60)
@SuppressWarnings("try") // workers serve as long as they are open
class WorkersMisuseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService executor = Executors.newFixedThreadPool(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Kernel kernel = Kernel.launch(KernelConfig.standard());

    @AfterEach
    void close() {
        released.countDown();
        kernel.close();
        executor.shutdownNow();
    }

    private static StepDefinition step(final String name, final String... needs) {
        return StepDefinition.of(name, needs).withPayload(name.getBytes(StandardCharsets.UTF_8));
    }

    private WorkflowRunHandle start(final StepDefinition... steps) {
        return kernel.global().start(kernel.deploy(WorkflowDefinition.of("work", List.of(steps))), new byte[0]);
    }

    /** The only step, as it ended. */
    private StepSnapshot ended(final WorkerTerms terms, final StepDefinition step) {
        try (Workers workers = kernel.tasks().serve(terms)) {
            final WorkflowRunHandle run = start(step);
            assertThat(run.await(PATIENCE).isFinal()).isTrue();
            return run.step(0);
        }
    }

    private StepSnapshot ended(final StepLoad load, final StepFunction function) {
        return ended(WorkerTerms.ownThreads().handle("work", load, function), step("work"));
    }

    private static String detail(final StepSnapshot step) {
        return new String(step.detail(), StandardCharsets.UTF_8);
    }

    // ------------------------------------------------------------------ functions

    @ParameterizedTest
    @EnumSource(StepLoad.class)
    void shouldFailAStepWhoseResultIsNull(final StepLoad load) {
        final StepSnapshot step = ended(load, context -> StepResult.success((byte[]) null));
        assertThat(step.state()).isEqualTo(StepState.FAILED);
        assertThat(detail(step)).contains("a result is bytes");
    }

    @ParameterizedTest
    @EnumSource(StepLoad.class)
    void shouldFailAStepByAnExceptionThatCannotSayWhatItIs(final StepLoad load) {
        final class Silent extends RuntimeException {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        }
        final StepSnapshot step = ended(load, context -> {
            throw new Silent();
        });
        assertThat(step.state()).isEqualTo(StepState.FAILED);
        assertThat(detail(step)).contains("Silent");
    }

    @ParameterizedTest
    @EnumSource(StepLoad.class)
    void shouldFailAStepThatSaysItGoesOnAsARunAndHasStartedNone(final StepLoad load) {
        final StepSnapshot step = ended(load, context -> new StepResult(null, 0, 1, new byte[0], new byte[0]));
        assertThat(step.state()).isEqualTo(StepState.FAILED);
        assertThat(detail(step)).contains("has started no run");
    }

    @Test
    void shouldCutALongMessageAndTryAgainAllTheSame() {
        final String message = "é".repeat(200_000);
        final AtomicInteger calls = new AtomicInteger();
        final WorkerTerms terms = WorkerTerms.ownThreads().handle("work", context -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException(message);
            }
            return StepResult.failureForGood("x" + message);
        });
        final StepSnapshot step = ended(terms, step("work").withRetry(new RetryPolicy(5, 0, 1, 0, 0)));
        assertThat(step.attempts()).isEqualTo(3);
        assertThat(detail(step)).isEqualTo("x" + "é".repeat(131_071));
    }

    @Test
    void shouldTakeAFailureThatSaysNothing() {
        final StepSnapshot step = ended(StepLoad.CPU, context -> StepResult.failureForGood(null));
        assertThat(step.state()).isEqualTo(StepState.FAILED);
        assertThat(detail(step)).isEmpty();
    }

    @Test
    void shouldNotCarryAnInterruptOfOneFunctionOnToTheNext() {
        final Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
        final WorkerTerms terms = WorkerTerms.ownThreads()
                .withParallelism(1)
                .handle("careless", context -> {
                    Thread.currentThread().interrupt();
                    return StepResult.success();
                })
                .handle("next", context -> {
                    interrupted.add(Thread.currentThread().isInterrupted());
                    return StepResult.success();
                });
        try (Workers workers = kernel.tasks().serve(terms)) {
            assertThat(start(step("careless"), step("next", "careless")).await(PATIENCE))
                    .isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(interrupted).containsExactly(false);
    }

    @Test
    void shouldFailAStepWhenTheChoiceOfItsFunctionEndsInAnError() {
        final StepSnapshot unwanted = ended(
                WorkerTerms.ownThreads()
                        .only(task -> {
                            throw new AssertionError("not to be asked");
                        })
                        .handle("work", context -> StepResult.success()),
                step("work"));
        assertThat(detail(unwanted)).isEqualTo("java.lang.AssertionError: not to be asked");
        final StepSnapshot unnamed = ended(
                WorkerTerms.ownThreads()
                        .named(step -> {
                            throw new StackOverflowError();
                        })
                        .handle("work", context -> StepResult.success()),
                step("work"));
        assertThat(unnamed.state()).isEqualTo(StepState.FAILED);
    }

    // ------------------------------------------------------------------ executors

    @Test
    void shouldGoOnWhenAnExecutorHasNoThread() {
        final AtomicInteger calls = new AtomicInteger();
        final WorkerTerms terms = WorkerTerms.on(task -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    executor.execute(task);
                })
                .handle("work", context -> StepResult.success());
        assertThat(ended(terms, step("work")).state()).isEqualTo(StepState.SUCCEEDED);
        assertThat(ended(terms, step("work")).state()).isEqualTo(StepState.SUCCEEDED);
    }

    private void occupyExecutor() {
        executor.execute(() -> {
            try {
                released.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void shouldCloseThoughAnExecutorHasDroppedWhatItTook() throws InterruptedException {
        occupyExecutor();
        final CountDownLatch taken = new CountDownLatch(1);
        final Workers workers = kernel.tasks()
                .serve(WorkerTerms.on(task -> {
                            executor.execute(task);
                            taken.countDown();
                        })
                        .handle("work", context -> StepResult.success()));
        final WorkflowRunHandle run = start(step("work"));
        taken.await();
        assertThat(executor.shutdownNow()).hasSize(1);
        workers.close();
        try (Workers others =
                kernel.tasks().serve(WorkerTerms.ownThreads().handle("work", context -> StepResult.success()))) {
            assertThat(run.await(PATIENCE)).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void shouldNotMakeOtherWorkersWaitForAnExecutorThatIsBusy() throws InterruptedException {
        occupyExecutor();
        final CountDownLatch taken = new CountDownLatch(1);
        try (Workers others = kernel.tasks()
                        .serve(WorkerTerms.ownThreads().handle("other", context -> StepResult.success()));
                Workers late = kernel.tasks()
                        .serve(WorkerTerms.on(task -> {
                                    executor.execute(task);
                                    taken.countDown();
                                })
                                .handle("work", context -> StepResult.success()))) {
            final WorkflowRunHandle work = start(step("work"));
            taken.await();
            assertThat(start(step("other")).await(PATIENCE)).isEqualTo(RunState.SUCCEEDED);
            assertThat(work.state()).isEqualTo(RunState.RUNNING);
            released.countDown();
            assertThat(work.await(PATIENCE)).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void shouldNotMakeOtherWorkersWaitForAFunctionThatAnExecutorRunsInItsCaller() throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final WorkerTerms inCaller = WorkerTerms.on(Runnable::run).handle("work", context -> {
            begun.countDown();
            released.await();
            return StepResult.success();
        });
        try (Workers blocked = kernel.tasks().serve(inCaller);
                Workers others = kernel.tasks()
                        .serve(WorkerTerms.ownThreads().handle("other", context -> StepResult.success()))) {
            final WorkflowRunHandle work = start(step("work"));
            begun.await();
            assertThat(start(step("other")).await(PATIENCE)).isEqualTo(RunState.SUCCEEDED);
            released.countDown();
            assertThat(work.await(PATIENCE)).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void shouldLetSeveralThreadsCloseTheSameWorkers() throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final Workers workers = kernel.tasks().serve(WorkerTerms.ownThreads().handle("work", context -> {
            begun.countDown();
            released.await();
            return StepResult.success();
        }));
        start(step("work"));
        begun.await();
        final Thread first = new Thread(workers::close);
        final Thread second = new Thread(workers::close);
        first.start();
        second.start();
        for (final Thread closer : List.of(first, second)) {
            while (closer.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        released.countDown();
        first.join();
        second.join();
        assertThat(workers.isClosed()).isTrue();
    }

    @Test
    void shouldTakeALeaseOfCenturies() {
        try (TaskPort port = kernel.tasks().port("ann")) {
            final WorkflowRunHandle run = start(step("work"));
            final Tasks.Task task = port.take(10, TimeUnit.SECONDS);
            assertThat(port.start(task, new byte[0], Duration.ofDays(365L * 400))
                            .isAccepted())
                    .isTrue();
            assertThat(port.finish(task, StepResult.success()).isAccepted()).isTrue();
            assertThat(run.step(0).state()).isEqualTo(StepState.SUCCEEDED);
            assertThat(kernel.tasks()
                            .finish(task, StepEnding.SUCCEEDED, 0, new byte[0], new byte[0])
                            .rejection())
                    .isNotNull();
        }
    }
}
