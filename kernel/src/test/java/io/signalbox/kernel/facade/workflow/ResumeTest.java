package io.signalbox.kernel.facade.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.KernelHaltedException;
import io.signalbox.kernel.ManualClock;
import io.signalbox.kernel.MemoryJournal;
import io.signalbox.kernel.StepFunction;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.WorkerTerms;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process dies with workflows of functions under way; another one goes on with them. */
@Timeout(120)
class ResumeTest {
    private static final KernelConfig CONFIG = KernelConfig.standard();
    private static final WorkflowConfig TERMS = WorkflowConfig.of("w").withStepRetry(false);

    private final MemoryJournal journal = new MemoryJournal();
    private final AtomicInteger parsed = new AtomicInteger();
    private final CountDownLatch modelling = new CountDownLatch(1);

    private static WorkflowStep step(final String id, final StepExecutor work, final String... dependencies) {
        return WorkflowStep.of(id, WorkflowStepType.PARALLEL, work).dependsOn(dependencies);
    }

    private List<WorkflowStage> stages(final StepExecutor model) {
        return List.of(
                WorkflowStage.of("parse", 1, step("contract", context -> "parsed " + parsed.incrementAndGet())),
                WorkflowStage.of("models", 2, step("model", model, "contract")).dependsOn("parse"));
    }

    private static Object never(final WorkContext context) {
        throw new AssertionError(context.stepId() + " had ended before");
    }

    private Object block(final WorkContext context) throws InterruptedException {
        modelling.countDown();
        return Working.endlessly();
    }

    /** What the first process leaves: the first stage has ended, the step of the second is under way. */
    private MemoryJournal left() throws InterruptedException {
        final Kernel kernel = Kernel.launch(CONFIG, journal);
        final WorkflowEngine engine = new WorkflowEngine(kernel);
        final CompletableFuture<WorkflowResult> waiting = CompletableFuture.supplyAsync(
                () -> new StagedParallelExecutor(engine).executeWorkflow(TERMS, stages(this::block)));
        modelling.await();
        final MemoryJournal dead = journal.reopened();
        kernel.close();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(KernelHaltedException.class);
        return dead;
    }

    @Test
    void shouldGoOnAfterTheKernelWasClosed() throws InterruptedException {
        left();
        try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened());
                WorkflowEngine engine = new WorkflowEngine(kernel)) {
            final WorkflowResult result = new StagedParallelExecutor(engine)
                    .resume(TERMS, stages(context -> context.result("contract") + " twice " + context.attempt()));
            assertThat(result.orThrow().step("model").result()).isEqualTo("parsed 1 twice 2");
            assertThat(result.step("model").retryAttempts()).isEqualTo(1);
            assertThat(result.step("contract").result()).isEqualTo("parsed 1");
            assertThat(parsed).hasValue(1);
            assertThat(engine.openWorkflows()).isEmpty();
        }
    }

    @Test
    void shouldLeaveStepsOpenUntilTheirFunctionsAreThere() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(CONFIG, left());
                WorkflowEngine engine = new WorkflowEngine(kernel)) {
            final StagedParallelExecutor executor = new StagedParallelExecutor(engine);
            assertThat(engine.openWorkflows()).singleElement().satisfies(open -> {
                assertThat(open.kind()).isEqualTo(WorkKind.STAGES);
                assertThat(open.executionId()).isEqualTo("w");
                assertThat(open.coordination()).isEqualTo("w");
            });
            final WorkflowRunHandle run =
                    kernel.tasks().run(engine.openWorkflows().get(0).run());
            assertThatThrownBy(() -> executor.resume(
                            TERMS, List.of(WorkflowStage.of("parse", 1, step("contract", context -> "")))))
                    .isInstanceOf(WorkflowNotResumableException.class)
                    .hasMessageContaining("run 'w' of an earlier process cannot go on with what is given:")
                    .hasMessageContaining("step 'model' is not given")
                    .hasMessageEndingWith("Its steps stay open");
            assertThatThrownBy(() -> executor.resume(WorkflowConfig.of("v"), stages(context -> "")))
                    .isInstanceOf(WorkflowNotResumableException.class)
                    .hasMessage("there is no run of stages 'v' to go on with; there are [w]");
            assertThatThrownBy(() -> executor.executeWorkflow(TERMS, stages(context -> "")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("workflow 'w' was begun before and has not ended; resume it");
            final RunSnapshot open = run.snapshot();
            assertThat(open.step("model").state()).isEqualTo(StepState.ASSIGNED);
            assertThat(open.state().isFinal()).isFalse();
            assertThat(executor.resume(TERMS, stages(context -> "there")).isSuccess())
                    .isTrue();
            assertThat(run.await(Duration.ZERO).isFinal()).isTrue();
        }
    }

    @Test
    void shouldTellWhatHasEndedAndNobodyHeardOf() {
        try (Kernel kernel = Kernel.launch(CONFIG, journal);
                WorkflowEngine engine = new WorkflowEngine(kernel)) {
            new StagedParallelExecutor(engine).executeWorkflow(TERMS, stages(context -> Map.of("a", 1)));
        }
        try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened());
                WorkflowEngine engine = new WorkflowEngine(kernel)) {
            assertThat(engine.openWorkflows()).isEmpty();
            final WorkflowResult result = new StagedParallelExecutor(engine).resume(TERMS, stages(ResumeTest::never));
            assertThat(result.orThrow().step("model").result()).isEqualTo(Map.of("a", 1L));
        }
    }

    @Test
    void shouldNameAResultThatWasNotKept() throws InterruptedException {
        final List<WorkflowStage> first = List.of(
                WorkflowStage.of(
                        "parse",
                        1,
                        step("text", context -> new AtomicReference<>("plain")),
                        step("long", context -> "x".repeat(CONFIG.payloadLengthMax()))),
                WorkflowStage.of("models", 2, step("model", this::block, "text", "long")));
        try (Kernel kernel = Kernel.launch(CONFIG, journal)) {
            final WorkflowEngine engine = new WorkflowEngine(kernel);
            final CompletableFuture<WorkflowResult> waiting = CompletableFuture.supplyAsync(
                    () -> new StagedParallelExecutor(engine).executeWorkflow(TERMS, first));
            modelling.await();
            assertThat(waiting).isNotDone();
        }
        for (final String asked : List.of("text", "long")) {
            try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened());
                    WorkflowEngine engine = new WorkflowEngine(kernel)) {
                final List<WorkflowStage> again = List.of(
                        first.get(0),
                        WorkflowStage.of("models", 2, step("model", context -> context.result(asked), "text", "long")));
                final WorkflowResult result = new StagedParallelExecutor(engine).resume(TERMS, again);
                assertThat(result.step("model").status()).isEqualTo(WorkflowStatus.FAILED);
                assertThat(result.step("model").error())
                        .startsWith("the result of step '" + asked + "' is gone with the process that made it (")
                        .endsWith("give the engine a ResultCodec that writes and reads it, within the kernel's payload"
                                + " limit");
                assertThat(result.step("text").result()).isEqualTo("plain");
                assertThat(result.step("long").result()).isNull();
                assertThat(result.step("long").error())
                        .startsWith("not written down: the result has ")
                        .endsWith(" bytes; at most " + CONFIG.payloadLengthMax() + " are taken");
            }
        }
    }

    @Test
    void shouldLoseAndNotFailWhatWasUnderWayWhenItsTimeWasUpMeanwhile() throws InterruptedException {
        final ManualClock clock = new ManualClock(1_000_000_000L);
        final MemoryJournal dead;
        try (Kernel kernel = Kernel.launch(CONFIG.withClock(clock), journal)) {
            final DependencyAwareScheduler scheduler = tasks(new WorkflowEngine(kernel), this::block);
            final CompletableFuture<ScheduleResult> waiting = CompletableFuture.supplyAsync(scheduler::execute);
            modelling.await();
            assertThat(waiting).isNotDone();
            dead = journal.reopened();
        }
        final ManualClock later =
                new ManualClock(1_000_000_000L + Duration.ofHours(1).toNanos());
        try (Kernel kernel = Kernel.launch(CONFIG.withClock(later), dead);
                WorkflowEngine engine = new WorkflowEngine(kernel)) {
            final ScheduleResult result =
                    tasks(engine, context -> "attempt " + context.attempt()).resume();
            assertThat(result.taskResults()).containsEntry("b", "attempt 2");
            assertThat(result.taskErrors()).isEmpty();
        }
    }

    @Test
    void shouldLeaveAStepOpenUntilWorkersKnowItsName() throws InterruptedException {
        final WorkflowDefinition definition = WorkflowDefinition.of(
                "w",
                List.of(
                        StepDefinition.of("a").withPayload("a".getBytes(StandardCharsets.UTF_8)),
                        StepDefinition.of("b", "a").withPayload("b".getBytes(StandardCharsets.UTF_8))));
        final StepFunction first = context -> StepResult.success("one " + parsed.incrementAndGet());
        final long handle;
        try (Kernel kernel = Kernel.launch(CONFIG, journal)) {
            kernel.tasks().serve(WorkerTerms.ownThreads().handle("a", first).handle("b", context -> {
                modelling.countDown();
                return StepResult.success((String) Working.endlessly());
            }));
            handle = kernel.coordination("c")
                    .start(kernel.deploy(definition), new byte[0])
                    .handle();
            modelling.await();
        }
        try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened())) {
            kernel.tasks().serve(WorkerTerms.ownThreads().handle("a", first));
            final WorkflowRunHandle run = kernel.tasks().run(handle);
            assertThat(run.step(1).state()).isEqualTo(StepState.ASSIGNED);
            assertThat(run.explain(1))
                    .isEqualTo("step 'b' is ASSIGNED: attempt 2 is offered, and no worker has said that it starts");
            kernel.tasks()
                    .serve(WorkerTerms.ownThreads()
                            .handle("b", context -> StepResult.success(context.resultText("a") + ", two")));
            assertThat(run.await(Duration.ofSeconds(30))).isEqualTo(RunState.SUCCEEDED);
            assertThat(new String(run.step(1).result(), StandardCharsets.UTF_8)).isEqualTo("one 1, two");
        }
    }

    private record Model(String name) {}

    @Test
    void shouldWriteAndReadResultsAsItsCodecDoes() throws InterruptedException {
        final ResultCodec codec = new ResultCodec() {
            @Override
            public byte[] encode(final String step, final Object value) {
                return ((Model) value).name().getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public Object decode(final String step, final byte[] written) {
                return new Model(new String(written, StandardCharsets.UTF_8));
            }
        };
        final StepExecutor renamed = context -> new Model(((Model) context.result("a")).name() + "+");
        try (Kernel kernel = Kernel.launch(CONFIG, journal)) {
            final DependencyAwareScheduler scheduler = tasks(new WorkflowEngine(kernel, codec), this::block);
            final CompletableFuture<ScheduleResult> waiting = CompletableFuture.supplyAsync(scheduler::execute);
            modelling.await();
            assertThat(waiting).isNotDone();
        }
        try (Kernel kernel = Kernel.launch(CONFIG, journal.reopened());
                WorkflowEngine engine = new WorkflowEngine(kernel, codec)) {
            assertThat(tasks(engine, renamed).resume().taskResults())
                    .isEqualTo(Map.of("a", new Model("a"), "b", new Model("a+")));
        }
    }

    private static DependencyAwareScheduler tasks(final WorkflowEngine engine, final StepExecutor second) {
        final DependencyAwareScheduler scheduler =
                new DependencyAwareScheduler(engine, engine.kernel().coordination("build"), 2);
        scheduler.addTask("a", context -> new Model("a"));
        scheduler.addTask("b", second, "a");
        scheduler.schedule();
        return scheduler;
    }
}
