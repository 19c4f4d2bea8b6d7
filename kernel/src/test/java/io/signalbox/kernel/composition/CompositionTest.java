package io.signalbox.kernel.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.composition.Composition.Conditional;
import io.signalbox.kernel.composition.Composition.Graph;
import io.signalbox.kernel.composition.Composition.Parallel;
import io.signalbox.kernel.composition.Composition.Pipeline;
import io.signalbox.kernel.composition.Composition.Sequential;
import io.signalbox.kernel.composition.Composition.Step;
import io.signalbox.kernel.composition.Composition.SubWorkflow;
import io.signalbox.kernel.composition.Composition.Tree;
import io.signalbox.kernel.composition.StepOutcome.State;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.WorkflowCompiler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The six kinds: as plans, run in the process, run by the kernel. */
@Timeout(60)
class CompositionTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final ComponentLibrary library = new ComponentLibrary();
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    /** Notes that it ran, and tells what it builds on. */
    private Step note(final String id) {
        return Step.of(id, input -> {
            order.add(input.stepId());
            return Map.of("from", String.join("+", input.results().keySet()));
        });
    }

    private CompositionResult run(final Composition composition) {
        return run(composition, Map.of());
    }

    private CompositionResult run(final Composition composition, final Map<String, ?> globals) {
        return new CompositionRunner(library)
                .run(CompositionPlan.of(composition), globals, OnError.FAIL_FAST, executor)
                .join();
    }

    private static Map<String, Object> from(final CompositionResult result) {
        return result.steps().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().data().getOrDefault("from", "-")));
    }

    @Test
    void shouldRunASequence() {
        final CompositionResult result = run(Sequential.of("s", note("a"), note("b"), note("c")));
        assertThat(result.isSuccess()).isTrue();
        assertThat(order).containsExactly("s/a", "s/b", "s/c");
        assertThat(from(result)).isEqualTo(Map.of("s/a", "", "s/b", "", "s/c", ""));
    }

    @Test
    void shouldRunPartsAtTheSameTime() {
        final CyclicBarrier together = new CyclicBarrier(3);
        final Node meeting = input -> {
            together.await(30, TimeUnit.SECONDS);
            return Map.of();
        };
        assertThat(run(Parallel.of("p", Step.of("a", meeting), Step.of("b", meeting), Step.of("c", meeting)))
                        .isSuccess())
                .isTrue();
    }

    @Test
    void shouldHandOnInAPipeline() {
        final CompositionResult result = run(Pipeline.of(
                "p",
                note("a"),
                Parallel.of("q", note("b"), note("c")),
                note("d"),
                Sequential.of("s", note("e"), note("f"))));
        assertThat(from(result))
                .isEqualTo(Map.of(
                        "p/a",
                        "",
                        "p/q/b",
                        "p/a",
                        "p/q/c",
                        "p/a",
                        "p/d",
                        "p/q/b+p/q/c",
                        "p/s/e",
                        "p/d",
                        "p/s/f",
                        "p/d"));
    }

    @Test
    void shouldRunTheOneOrTheOther() {
        final Composition either = Conditional.of(
                "if",
                input -> (int) input.variables().get("size") > 5,
                Sequential.of("large", note("a"), note("b")),
                note("small"));
        final Composition whole = Pipeline.of("p", either, note("end"));
        final CompositionResult large = run(whole, Map.of("size", 6));
        assertThat(order).containsExactly("p/if/large/a", "p/if/large/b", "p/end");
        assertThat(large.isSuccess()).isTrue();
        assertThat(large.data("p/if/when")).isEqualTo(Map.of("holds", true));
        assertThat(large.steps().get("p/if/small").state()).isEqualTo(State.SKIPPED);
        assertThat(from(large)).containsEntry("p/end", "p/if/large/b");
        order.clear();
        assertThat(from(run(whole, Map.of("size", 5)))).containsEntry("p/end", "p/if/small");
        assertThat(order).containsExactly("p/if/small", "p/end");
    }

    @Test
    void shouldSkipAConditionInsideWhatIsSkipped() {
        final Composition inner = Conditional.of("inner", input -> true, note("a"), null);
        final CompositionResult result =
                run(Sequential.of("s", Conditional.of("outer", input -> false, inner, null), note("b")));
        assertThat(order).containsExactly("s/b");
        assertThat(result.steps().get("s/outer/inner/when").state()).isEqualTo(State.SKIPPED);
        assertThat(result.steps().get("s/outer/inner/a").state()).isEqualTo(State.SKIPPED);
        assertThat(result.isSuccess()).isTrue();
    }

    @Test
    void shouldGrowATree() {
        final CompositionResult result = run(Tree.of(
                "t",
                note("root"),
                Tree.of("left", note("l"), note("l1"), note("l2")),
                note("right"),
                Tree.of("leaf", note("x"))));
        assertThat(from(result))
                .isEqualTo(Map.of(
                        "t/root", "",
                        "t/left/l", "t/root",
                        "t/left/l1", "t/left/l",
                        "t/left/l2", "t/left/l",
                        "t/right", "t/root",
                        "t/leaf/x", "t/root"));
    }

    @Test
    void shouldFollowTheNeedsOfAGraph() {
        final Composition graph = Graph.of(
                "g",
                Graph.Part.of(note("test"), "model", "both"),
                Graph.Part.of(note("model")),
                Graph.Part.of(Parallel.of("both", note("x"), note("y")), "model"));
        final CompositionPlan plan = CompositionPlan.of(graph);
        assertThat(plan.steps())
                .extracting(PlannedStep::id)
                .containsExactly("g/model", "g/both/x", "g/both/y", "g/test");
        assertThat(plan.step("g/test").needs()).containsExactly("g/model", "g/both/x", "g/both/y");
        assertThat(from(run(graph))).containsEntry("g/test", "g/model+g/both/x+g/both/y");
    }

    @Test
    void shouldRefuseWhatCannotBePutTogether() {
        final Step a = note("a");
        refuses(
                () -> CompositionPlan.of(Graph.of(
                        "g",
                        Graph.Part.of(note("a"), "b"),
                        Graph.Part.of(note("b"), "c"),
                        Graph.Part.of(note("c"), "b"))),
                "the parts of 'g' need each other: a needs b needs c needs b");
        refuses(
                () -> CompositionPlan.of(Graph.of("g", Graph.Part.of(note("model")), Graph.Part.of(a, "modle"))),
                "'g/a' needs 'modle', which is not there; did you mean 'model'?");
        refuses(() -> CompositionPlan.of(Sequential.of("s", a, a)), "two parts are called 's/a'");
        refuses(
                () -> CompositionPlan.of(Graph.of("g", Graph.Part.of(a), Graph.Part.of(a))),
                "two parts are called 'g/a'");
        refuses(() -> Sequential.of("s"), "'s' has no part");
        refuses(() -> Sequential.of("a/b", a), "a part needs an id without a slash, not 'a/b'");
        refuses(() -> Step.of("x", ""), "step 'x' needs a component or a node");
        refuses(() -> CompositionPlan.of(SubWorkflow.of("sub", "t")), "sub-workflow 'sub' is not expanded");
        refuses(() -> CompositionPlan.of(a).step("b"), "no step is called 'b'");
        Composition deep = a;
        for (int i = 0; i < 201; i++) {
            deep = Sequential.of("s", deep);
        }
        final Composition tooDeep = deep;
        refuses(() -> CompositionPlan.of(tooDeep), "parts stand deeper than 200 in each other");
        final Composition[] many =
                IntStream.range(0, 1001).mapToObj(i -> note("n" + i)).toArray(Composition[]::new);
        refuses(
                () -> CompositionPlan.of(Pipeline.of("p", Parallel.of("x", many), Parallel.of("y", many))),
                "a composition may have 100000 steps and 1000000 needs");
        refuses(
                () -> CompositionPlan.of(a.with("x", new Object())).toDefinition("w"),
                "the arguments of step 'a' cannot be written down");
    }

    // ------------------------------------------------------------------ failing

    private static Step failing(final String id) {
        return Step.of(id, input -> {
            throw new IllegalStateException("no " + id);
        });
    }

    @Test
    void shouldCancelWhatNeedsAFailedStep() {
        final CompositionPlan plan = CompositionPlan.of(Parallel.of(
                "p",
                Sequential.of("bad", failing("a"), note("b"), note("c")),
                Sequential.of("good", note("d"), note("e"))));
        final CompositionResult result = new CompositionRunner(library)
                .run(plan, Map.of(), OnError.COLLECT_ALL, executor)
                .join();
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.steps().values())
                .extracting(StepOutcome::state)
                .containsExactly(State.FAILED, State.CANCELLED, State.CANCELLED, State.SUCCEEDED, State.SUCCEEDED);
        assertThat(result.steps().get("p/bad/a").problem()).isEqualTo("java.lang.IllegalStateException: no a");
        assertThat(result.steps().get("p/bad/b").problem()).isEqualTo("'p/bad/a' did not succeed");
        final CompositionResult fast = new CompositionRunner(library)
                .run(plan, Map.of(), OnError.FAIL_FAST, Runnable::run)
                .join();
        assertThat(fast.steps().values())
                .extracting(StepOutcome::state)
                .containsExactly(State.FAILED, State.CANCELLED, State.CANCELLED, State.CANCELLED, State.CANCELLED);
    }

    @Test
    void shouldFailWhenTheExecutorTakesNothing() {
        final CompositionResult result = new CompositionRunner(library)
                .run(CompositionPlan.of(note("a")), Map.of(), OnError.FAIL_FAST, work -> {
                    throw new RejectedExecutionException("full");
                })
                .join();
        assertThat(result.steps().get("a").problem()).contains("the executor refused it", "full");
    }

    @Test
    void shouldCancelWhatHasNotBegun() throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);
        final CompletableFuture<CompositionResult> run = new CompositionRunner(library)
                .run(
                        CompositionPlan.of(Sequential.of(
                                "s",
                                Step.of("slow", input -> {
                                    begun.countDown();
                                    goOn.await();
                                    return Map.of();
                                }),
                                note("next"))),
                        Map.of(),
                        OnError.FAIL_FAST,
                        work -> executor.execute(() -> {
                            work.run();
                            if (begun.getCount() == 0) {
                                ended.countDown();
                            }
                        }));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.cancel(true)).isTrue();
        goOn.countDown();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(order).isEmpty();
    }

    @Test
    void shouldRunALongChainOnTheCallersThread() {
        final Composition[] steps =
                IntStream.range(0, 20_000).mapToObj(i -> note("n" + i)).toArray(Composition[]::new);
        final CompositionResult result = new CompositionRunner(library)
                .run(CompositionPlan.of(Pipeline.of("p", steps)), Map.of(), OnError.FAIL_FAST, Runnable::run)
                .join();
        assertThat(result.isSuccess()).isTrue();
        assertThat(order).hasSize(20_000);
    }

    @Test
    void shouldNotHoldUpAFastBranchByASlowOne() throws InterruptedException {
        final CountDownLatch fastEnded = new CountDownLatch(1);
        final AtomicBoolean wasHeld = new AtomicBoolean();
        run(Parallel.of(
                "p",
                Step.of("slow", input -> {
                    wasHeld.set(!fastEnded.await(30, TimeUnit.SECONDS));
                    return Map.of();
                }),
                Sequential.of("fast", note("a"), note("b"), Step.of("end", input -> {
                    fastEnded.countDown();
                    return Map.of();
                }))));
        assertThat(wasHeld).isFalse();
    }

    // ------------------------------------------------------------------ components and variables

    @Test
    void shouldTellWhichStepUsedAComponent() {
        library.register(ComponentDefinition.of(
                "sum",
                (state, context) -> {
                    final Map<?, ?> inputs = (Map<?, ?>) context.get(Component.INPUTS);
                    return ComponentResult.success(Map.of("inputs", inputs.size(), "plus", context.get("plus")));
                },
                Parameter.optional("plus", Parameter.Type.INTEGER, 1)));
        final CompositionResult result = run(Pipeline.of(
                "p",
                Step.of("known", "sum").with("plus", 2),
                Step.of("builds", "sum").version("1.0.0"),
                Step.of("absent", "product").otherwise(input -> Map.of("by", "node", "told", input.result())),
                Step.of("wrong", "sum").with("plus", "x").otherwise(input -> Map.of())));
        assertThat(result.data("p/known")).isEqualTo(Map.of("inputs", 0, "plus", 2));
        assertThat(result.data("p/builds")).isEqualTo(Map.of("inputs", 1, "plus", 1));
        assertThat(result.steps().get("p/builds").componentUsed()).isTrue();
        assertThat(result.data("p/absent")).containsEntry("told", Map.of("inputs", 1, "plus", 1));
        assertThat(result.steps().get("p/absent").componentUsed()).isFalse();
        assertThat(result.steps().get("p/wrong").problem()).contains("needs INTEGER as 'plus', not x");
        final CompositionResult failed = run(Step.of("alone", "product"));
        assertThat(failed.steps().get("alone").problem()).isEqualTo("no component is called 'product'");
    }

    @Test
    void shouldGiveEachCompositionItsVariables() {
        final Node count = input -> {
            input.variables().update("shared", value -> (int) value + 1);
            input.variables().update("total", value -> (int) value + 1);
            return Map.of("sees", List.copyOf(input.variables().toMap().keySet()));
        };
        final CompositionResult result = run(
                Parallel.of(
                                "p",
                                Sequential.of("a", Step.of("x", count), Step.of("y", count))
                                        .declaring(Variable.local("mine", 1)),
                                Step.of("b", count))
                        .declaring(Variable.shared("shared", 0), Variable.local("own", 0)),
                Map.of("total", 10));
        assertThat(result.variables()).isEqualTo(Map.of("total", 13));
        assertThat(result.data("p/a/x")).isEqualTo(Map.of("sees", List.of("mine", "shared", "total")));
        assertThat(result.data("p/b")).isEqualTo(Map.of("sees", List.of("own", "shared", "total")));
    }

    // ------------------------------------------------------------------ by the kernel

    @Test
    @Conforms("FUTURE-39")
    void shouldComeToTheSameInAWorkflowOfTheKernel() {
        final Composition whole = Pipeline.of(
                "p",
                note("a"),
                Conditional.of("if", input -> false, note("yes"), Parallel.of("no", note("b"), note("c"))),
                Tree.of("t", note("d"), note("e"), note("f")));
        final CompositionPlan plan = CompositionPlan.of(whole);
        assertThat(WorkflowCompiler.compile(plan.toDefinition("w"))).isNotNull();
        final CompositionRunner runner = new CompositionRunner(library);
        final Map<String, StepOutcome> ended = new HashMap<>();
        try (Kernel kernel = Kernel.launch(KernelConfig.standard().withLimits(MachineLimits.small()))) {
            final Coordination session = kernel.coordination("session");
            final WorkflowRunHandle handle = session.start(kernel.deploy(plan.toDefinition("w")), new byte[0]);
            final Frames frames = new Frames(Map.of());
            while (!handle.state().isFinal()) {
                if (kernel.tasks().take(10, TimeUnit.SECONDS) instanceof Tasks.Task task) {
                    kernel.tasks().start(task, new byte[0]).orThrow();
                    final StepOutcome outcome =
                            runner.perform(plan.step(task.step().id()), frames, ended);
                    ended.put(task.step().id(), outcome);
                    kernel.tasks()
                            .finish(task, StepEnding.SUCCEEDED, 0, new byte[0], new byte[0])
                            .orThrow();
                }
            }
            assertThat(handle.await(Duration.ofSeconds(30))).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(ended).isEqualTo(run(whole).steps());
        assertThat(ended.get("p/if/yes").state()).isEqualTo(State.SKIPPED);
    }

    @Test
    void shouldWriteEachStepDownForWorkersThatHaveNoPlan() {
        final CompositionPlan plan = CompositionPlan.of(Pipeline.of(
                "p",
                Step.of("a", "sum").version("1.2.0").with("plus", 2),
                Conditional.of("if", input -> true, Step.of("b", "sum"), null)));
        assertThat(plan.toDefinition("w").steps())
                .extracting(step ->
                        step.id() + " " + step.needs() + " " + new String(step.payload(), StandardCharsets.UTF_8))
                .containsExactly(
                        "p/a [] {\"arguments\":{\"plus\":2},\"component\":\"sum\",\"guards\":{},\"inputs\":[],\"kind\":\"step\",\"version\":\"1.2.0\"}",
                        "p/if/when [p/a] {\"guards\":{},\"inputs\":[\"p/a\"],\"kind\":\"condition\"}",
                        "p/if/b [p/if/when] {\"arguments\":{},\"component\":\"sum\",\"guards\":{\"p/if/when\":true},\"inputs\":[\"p/a\"],\"kind\":\"step\",\"version\":\"\"}");
    }

    private static void refuses(final Runnable doing, final String text) {
        assertThatThrownBy(doing::run)
                .isInstanceOf(InvalidCompositionException.class)
                .hasMessageContaining(text);
    }
}
