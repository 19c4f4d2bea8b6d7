package io.signalbox.kernel.facade.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.MemoryJournal;
import io.signalbox.kernel.composition.ComponentLibrary;
import io.signalbox.kernel.composition.Composition.Conditional;
import io.signalbox.kernel.composition.Composition.Graph;
import io.signalbox.kernel.composition.Composition.Graph.Part;
import io.signalbox.kernel.composition.Composition.Parallel;
import io.signalbox.kernel.composition.Composition.Pipeline;
import io.signalbox.kernel.composition.Composition.Step;
import io.signalbox.kernel.composition.CompositionPlan;
import io.signalbox.kernel.composition.CompositionResult;
import io.signalbox.kernel.composition.CompositionRunner;
import io.signalbox.kernel.composition.Node;
import io.signalbox.kernel.composition.Scope;
import io.signalbox.kernel.composition.Variable;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each kind of workflow of functions runs once undisturbed; then its process dies behind every single record of its journal, and another one goes on: to the same
 * result, and without carrying out anew what the journal says has ended.
 */
@Timeout(300)
class CrashEverywhereTest {
    private static final KernelConfig CONFIG = KernelConfig.standard().withLimits(MachineLimits.small());

    private final Set<String> ran = Collections.synchronizedSet(new TreeSet<>());

    /** A kind of workflow: how it is begun, and how another process goes on; each tells what came of it. */
    private interface Kind {
        Object begin(WorkflowEngine engine);

        Object goOn(WorkflowEngine engine);
    }

    private void crashEverywhere(final Kind kind, final Collection<?> allowed) {
        final MemoryJournal whole = new MemoryJournal();
        final Object undisturbed;
        try (Kernel kernel = Kernel.launch(CONFIG, whole);
                WorkflowEngine engine = new WorkflowEngine(kernel)) {
            undisturbed = kind.begin(engine);
        }
        final Collection<?> results = allowed.isEmpty() ? List.of(undisturbed) : allowed;
        int resumed = 0;
        for (int records = 0; records <= whole.size(); records++) {
            try (Kernel kernel = Kernel.launch(CONFIG, whole.reopened(records));
                    WorkflowEngine engine = new WorkflowEngine(kernel)) {
                final List<RunSnapshot> runs = kernel.tasks().runs();
                final Set<String> done = runs.isEmpty() ? Set.of() : done(runs.get(0));
                ran.clear();
                final Object result = runs.isEmpty() ? kind.begin(engine) : kind.goOn(engine);
                assertThat(result).as("died after %d records", records).isIn(results);
                assertThat(ran.stream().filter(done::contains))
                        .as("carried out anew after %d records", records)
                        .isEmpty();
                resumed += runs.isEmpty() ? 0 : 1;
            }
        }
        assertThat(resumed).isGreaterThan(5);
    }

    private static Set<String> done(final RunSnapshot run) {
        return run.steps().stream()
                .filter(step -> step.state() == StepState.SUCCEEDED)
                .map(step -> step.id())
                .collect(Collectors.toSet());
    }

    private StepExecutor work(final StepExecutor work) {
        return context -> {
            ran.add(context.stepId());
            return work.execute(context);
        };
    }

    // ------------------------------------------------------------------ nodes

    @ParameterizedTest
    @EnumSource(ParallelStrategy.class)
    void shouldComeToAnAllowedOutcomeByEachStrategy(final ParallelStrategy strategy) {
        final ParallelConfig config = ParallelConfig.of(strategy).retrying(2, Duration.ofMillis(1));
        final boolean needsAll = strategy == ParallelStrategy.ALL_SUCCESS;
        final ParallelNodeCoordinator.Nodes nodes = ParallelNodeCoordinator.nodes()
                .add("ann", work(context -> new RatedResult(Map.of("by", "ann"), 0.9)))
                .add("ben", work(context -> {
                    if (!needsAll || context.attempt() == 1) {
                        throw new IllegalStateException("broken");
                    }
                    return new RatedResult(Map.of("by", "ben"), 0.8);
                }))
                .add("cho", work(context -> new RatedResult(Map.of("by", "cho"), 0.95)));
        final Kind kind = new Kind() {
            @Override
            public Object begin(final WorkflowEngine engine) {
                return told(new ParallelNodeCoordinator(engine, engine.kernel().coordination("review"))
                        .executeParallel(config, nodes));
            }

            @Override
            public Object goOn(final WorkflowEngine engine) {
                final ParallelNodeCoordinator coordinator =
                        new ParallelNodeCoordinator(engine, engine.kernel().coordination("review"));
                final List<OpenWorkflow> open = engine.openWorkflows();
                return told(
                        open.isEmpty()
                                ? coordinator.resume(ended(engine), config, nodes)
                                : coordinator.resume(config, nodes));
            }

            private String ended(final WorkflowEngine engine) {
                return WorkKind.NODES.executionId(
                        engine.kernel().tasks().summaries().get(0).handle());
            }
        };
        final Object byAnn = List.of(WorkflowStatus.COMPLETED, "ann", Map.of("by", "ann"));
        final Object byCho = List.of(WorkflowStatus.COMPLETED, "cho", Map.of("by", "cho"));
        crashEverywhere(kind, strategy == ParallelStrategy.FIRST_SUCCESS ? List.of(byAnn, byCho) : List.of());
    }

    private static Object told(final ParallelResult result) {
        return List.of(result.status(), result.winner(), result.value());
    }

    // ------------------------------------------------------------------ tasks

    @Test
    void shouldComeToTheSameResultsOfTasksAndUndoTheSame() {
        final List<String> undone = Collections.synchronizedList(new ArrayList<>());
        final Kind kind = new Kind() {
            private DependencyAwareScheduler scheduler(final WorkflowEngine engine) {
                final DependencyAwareScheduler scheduler = new DependencyAwareScheduler(
                                engine, engine.kernel().coordination("build"), 2)
                        .withOnError(OnError.COMPENSATE);
                scheduler.addTask(ScheduledTask.of("a", work(context -> 5)).undoneBy(context -> {
                    undone.add("a " + context.result("a"));
                    return null;
                }));
                scheduler.addTask(ScheduledTask.of("b", work(context -> "b" + context.result("a")), "a")
                        .withRetryCount(0));
                scheduler.addTask(ScheduledTask.of(
                                "c",
                                work(context -> {
                                    throw new IllegalStateException("no " + context.result("b"));
                                }),
                                "b")
                        .withRetryCount(0));
                scheduler.schedule();
                return scheduler;
            }

            @Override
            public Object begin(final WorkflowEngine engine) {
                return told(scheduler(engine).execute());
            }

            @Override
            public Object goOn(final WorkflowEngine engine) {
                return told(scheduler(engine)
                        .resume(WorkKind.TASKS.executionId(
                                engine.kernel().tasks().summaries().get(0).handle())));
            }

            private Object told(final ScheduleResult result) {
                final Map<String, Object> told = new TreeMap<>(result.taskErrors());
                result.taskResults().forEach((id, value) -> told.put(id, String.valueOf(value)));
                told.put("undone", result.isCompensated());
                return told;
            }
        };
        crashEverywhere(kind, List.of());
        assertThat(Set.copyOf(undone)).containsExactly("a 5");
    }

    // ------------------------------------------------------------------ stages

    @Test
    void shouldComeToTheSameResultOfStages() {
        final WorkflowConfig config = WorkflowConfig.of("w").withStepRetry(false);
        final List<WorkflowStage> stages = List.of(
                WorkflowStage.of(
                        "parse",
                        1,
                        step("one", context -> Map.of("n", 1)),
                        step("two", context -> List.of("x", true, 2.5))),
                WorkflowStage.of(
                                "models",
                                2,
                                step(
                                        "model",
                                        context -> context.stageOutputs("parse").toString(),
                                        "one"),
                                step("broken", context -> {
                                    throw new IllegalStateException("broken");
                                }))
                        .dependsOn("parse"),
                WorkflowStage.of("docs", 3, step("doc", context -> "doc of " + context.stageOutputs("parse")))
                        .dependsOn("parse")
                        .sequential(),
                WorkflowStage.of("pack", 4, step("pack", context -> "never")).dependsOn("models"));
        crashEverywhere(staged(config, stages), List.of());
    }

    private WorkflowStep step(final String id, final StepExecutor work, final String... dependencies) {
        return WorkflowStep.of(id, WorkflowStepType.PARALLEL, work(work)).dependsOn(dependencies);
    }

    private static Kind staged(final WorkflowConfig config, final List<WorkflowStage> stages) {
        return new Kind() {
            @Override
            public Object begin(final WorkflowEngine engine) {
                return told(new StagedParallelExecutor(engine).executeWorkflow(config, stages));
            }

            @Override
            public Object goOn(final WorkflowEngine engine) {
                return told(new StagedParallelExecutor(engine).resume(config, stages));
            }
        };
    }

    private static Object told(final WorkflowResult result) {
        final Map<String, Object> told = new LinkedHashMap<>();
        result.stages().forEach(stage -> {
            told.put(stage.stageId(), stage.status() + " " + stage.reason());
            stage.steps().forEach(step -> told.put(step.stepId(), step.status() + " " + step.result() + step.error()));
        });
        told.put("all", result.status());
        return told;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGenerateTheSameCode(final boolean barriers) {
        final WorkflowConfig config = WorkflowConfig.of("codegen").withStageBarriers(barriers);
        final StepExecutor next = work(context -> CodeGenerationWorkflow.previous(context) + ">" + context.stageId());
        final CodeGenerationPhases phases =
                new CodeGenerationPhases(work(context -> context.input("contract")), next, next, next, next, next);
        final Map<String, Object> contracts = new TreeMap<>(Map.of("order", "O", "user", "U"));
        final Kind kind = new Kind() {
            private CodeGenerationWorkflow workflow(final WorkflowEngine engine) {
                return new CodeGenerationWorkflow(new StagedParallelExecutor(engine), phases);
            }

            @Override
            public Object begin(final WorkflowEngine engine) {
                return told(workflow(engine).generate(config, contracts));
            }

            @Override
            public Object goOn(final WorkflowEngine engine) {
                return told(workflow(engine).resume(config, contracts));
            }
        };
        crashEverywhere(kind, List.of());
    }

    // ------------------------------------------------------------------ compositions

    @Test
    void shouldComeToTheSameResultOfAComposition() {
        final Node adds = input -> {
            ran.add(input.stepId());
            input.variables().set("seen-" + input.stepId().replaceAll(".*/", ""), input.stepId());
            return Map.of("built on", input.results().keySet().toString());
        };
        final CompositionPlan plan = CompositionPlan.of(Graph.of(
                        "build",
                        Part.of(Step.of("parse", adds)),
                        Part.of(Parallel.of("models", Step.of("user", adds), Step.of("order", adds)), "parse"),
                        Part.of(
                                Pipeline.of(
                                        "docs",
                                        Conditional.of(
                                                "many",
                                                input -> input.results().size() > 1,
                                                Step.of("book", adds),
                                                Step.of("page", adds)),
                                        Step.of("print", adds)),
                                "models"),
                        Part.of(Step.of("package", adds), "docs", "models"))
                .declaring(
                        new Variable("seen-user", Scope.SHARED, null),
                        new Variable("seen-parse", Scope.GLOBAL, ""),
                        new Variable("seen-order", Scope.INHERITED, null),
                        new Variable("seen-book", Scope.SHARED, null),
                        new Variable("seen-print", Scope.SHARED, null),
                        new Variable("seen-package", Scope.GLOBAL, "")));
        final Kind kind = new Kind() {
            private CompositionWorkflow workflow(final WorkflowEngine engine) {
                return new CompositionWorkflow(
                        engine, engine.kernel().coordination("c"), new CompositionRunner(new ComponentLibrary()));
            }

            @Override
            public Object begin(final WorkflowEngine engine) {
                return told(workflow(engine).run("build", plan, Map.of("g", 1L), OnError.FAIL_FAST));
            }

            @Override
            public Object goOn(final WorkflowEngine engine) {
                return told(workflow(engine).resume("build", plan, Map.of("g", 1L)));
            }

            private Object told(final CompositionResult result) {
                assertThat(result.isSuccess()).as(result.toString()).isTrue();
                return result;
            }
        };
        crashEverywhere(kind, List.of());
    }
}
