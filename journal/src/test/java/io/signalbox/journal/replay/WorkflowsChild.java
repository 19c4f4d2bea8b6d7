package io.signalbox.journal.replay;

import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.chronicle.ChronicleJournalConfig;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.WorkerTerms;
import io.signalbox.kernel.Workers;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.composition.ComponentLibrary;
import io.signalbox.kernel.composition.Composition.Graph;
import io.signalbox.kernel.composition.Composition.Graph.Part;
import io.signalbox.kernel.composition.Composition.Parallel;
import io.signalbox.kernel.composition.Composition.Sequential;
import io.signalbox.kernel.composition.Composition.Step;
import io.signalbox.kernel.composition.CompositionPlan;
import io.signalbox.kernel.composition.CompositionRunner;
import io.signalbox.kernel.composition.Node;
import io.signalbox.kernel.facade.workflow.CodeGenerationPhases;
import io.signalbox.kernel.facade.workflow.CodeGenerationWorkflow;
import io.signalbox.kernel.facade.workflow.CompositionWorkflow;
import io.signalbox.kernel.facade.workflow.DependencyAwareScheduler;
import io.signalbox.kernel.facade.workflow.ParallelConfig;
import io.signalbox.kernel.facade.workflow.ParallelNodeCoordinator;
import io.signalbox.kernel.facade.workflow.ParallelResult;
import io.signalbox.kernel.facade.workflow.ParallelStrategy;
import io.signalbox.kernel.facade.workflow.RatedResult;
import io.signalbox.kernel.facade.workflow.StagedParallelExecutor;
import io.signalbox.kernel.facade.workflow.StepExecutor;
import io.signalbox.kernel.facade.workflow.WorkflowConfig;
import io.signalbox.kernel.facade.workflow.WorkflowEngine;
import io.signalbox.kernel.facade.workflow.WorkflowStage;
import io.signalbox.kernel.facade.workflow.WorkflowStep;
import io.signalbox.kernel.facade.workflow.WorkflowStepType;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Carries out a workflow of functions of each kind, all at once; goes on with those that an earlier process has left. The second step of each waits forever when it is told so, and the
 * process says when all of them do: then it may be killed. Every step that is carried out and every result is printed.
 */
public final class WorkflowsChild {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.US_ASCII);

    private final Kernel kernel;
    private final WorkflowEngine engine;
    private final boolean waits;
    private final boolean goesOn;
    private final Map<String, Supplier<Object>> kinds = new LinkedHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    private WorkflowsChild(final Kernel kernel, final WorkflowEngine engine, final boolean waits) {
        this.kernel = kernel;
        this.engine = engine;
        this.waits = waits;
        goesOn = !engine.openWorkflows().isEmpty();
        for (final ParallelStrategy strategy : ParallelStrategy.values()) {
            kinds.put(strategy.name(), () -> nodes(strategy));
        }
        kinds.put("tasks", this::tasks);
        kinds.put("stages", this::stages);
        kinds.put("codegen", this::codegen);
        kinds.put("composition", this::composition);
        kinds.put("workers", this::workers);
    }

    /** @param arguments folder of the journal, and whether second steps wait. */
    public static void main(final String... arguments) {
        try (Kernel kernel = Kernel.launch(
                        KernelConfig.standard(),
                        ChronicleJournal.open(Path.of(arguments[0]), ChronicleJournalConfig.small()));
                WorkflowEngine engine = new WorkflowEngine(kernel)) {
            new WorkflowsChild(kernel, engine, Boolean.parseBoolean(arguments[1])).carryOut();
        }
    }

    private void carryOut() {
        final CompletableFuture<?>[] all = kinds.entrySet().stream()
                .map(kind -> CompletableFuture.runAsync(
                        () -> OUT.println("result " + kind.getKey() + " "
                                + kind.getValue().get()),
                        task -> new Thread(task, kind.getKey()).start()))
                .toArray(CompletableFuture[]::new);
        while (waits && (waiting.get() < kinds.size() || halfway() < kinds.size())) {
            Thread.onSpinWait();
        }
        OUT.println(waits ? "halfway" : "going on");
        CompletableFuture.allOf(all).join();
    }

    /** Runs of which a step has ended and another one is under way. */
    private long halfway() {
        return kernel.tasks().runs().stream()
                .filter(run -> run.steps().stream().anyMatch(step -> step.state() == StepState.SUCCEEDED)
                        && run.steps().stream().anyMatch(step -> step.state().isInFlight()))
                .count();
    }

    private void ran(final String kind, final String step, final boolean isSecond) throws InterruptedException {
        OUT.println("ran " + kind + " " + step);
        if (isSecond && waits) {
            waiting.incrementAndGet();
            new CountDownLatch(1).await();
        }
    }

    private StepExecutor step(final String kind, final boolean isSecond, final StepExecutor work) {
        return context -> {
            ran(kind, context.stepId(), isSecond);
            return work.execute(context);
        };
    }

    // ------------------------------------------------------------------ the kinds

    private Object nodes(final ParallelStrategy strategy) {
        final String kind = strategy.name();
        final ParallelNodeCoordinator coordinator =
                new ParallelNodeCoordinator(engine, kernel.coordination("nodes-" + kind));
        final ParallelNodeCoordinator.Nodes nodes = ParallelNodeCoordinator.nodes()
                .add("first", step(kind, false, context -> new RatedResult(Map.of("by", "first"), 0.8)))
                .add("second", step(kind, true, context -> new RatedResult(Map.of("by", "second"), 0.9)));
        final ParallelResult result = goesOn
                ? coordinator.resume(ParallelConfig.of(strategy), nodes)
                : coordinator.executeParallel(ParallelConfig.of(strategy), nodes);
        // who is first is a matter of chance
        return strategy == ParallelStrategy.FIRST_SUCCESS
                ? result.status()
                : result.status() + " " + result.winner() + " " + result.value();
    }

    private Object tasks() {
        final DependencyAwareScheduler scheduler =
                new DependencyAwareScheduler(engine, kernel.coordination("tasks"), 4);
        scheduler.addTask("first", step("tasks", false, context -> 5));
        scheduler.addTask("second", step("tasks", true, context -> context.result("first") + " and more"), "first");
        scheduler.schedule();
        return (goesOn ? scheduler.resume() : scheduler.execute()).taskResults();
    }

    private Object stages() {
        final StagedParallelExecutor executor = new StagedParallelExecutor(engine);
        final List<WorkflowStage> stages = List.of(
                WorkflowStage.of(
                        "one",
                        1,
                        WorkflowStep.of(
                                "first",
                                WorkflowStepType.PARALLEL,
                                step("stages", false, context -> List.of("a", "b")))),
                WorkflowStage.of(
                                "two",
                                2,
                                WorkflowStep.of(
                                        "second",
                                        WorkflowStepType.PARALLEL,
                                        step("stages", true, context -> "of " + context.stageOutputs("one"))))
                        .dependsOn("one"));
        final WorkflowConfig config = WorkflowConfig.of("stages");
        return (goesOn ? executor.resume(config, stages) : executor.executeWorkflow(config, stages))
                .orThrow()
                .step("second")
                .result();
    }

    private Object codegen() {
        final StepExecutor next =
                step("codegen", false, context -> CodeGenerationWorkflow.previous(context) + ">" + context.stageId());
        final StepExecutor validator =
                step("codegen", true, context -> CodeGenerationWorkflow.previous(context) + ">" + context.stageId());
        final CodeGenerationWorkflow workflow = new CodeGenerationWorkflow(
                new StagedParallelExecutor(engine),
                new CodeGenerationPhases(
                        step("codegen", false, context -> context.input("contract")),
                        next,
                        validator,
                        next,
                        next,
                        next));
        final WorkflowConfig config = WorkflowConfig.of("codegen");
        final Map<String, Object> contracts = Map.of("order", "O");
        return (goesOn ? workflow.resume(config, contracts) : workflow.generate(config, contracts))
                .orThrow()
                .step("package_order")
                .result();
    }

    private Object composition() {
        final Node first = input -> {
            ran("composition", input.stepId(), false);
            input.variables().set("found", "by first");
            return Map.of("models", 2);
        };
        final Node second = input -> {
            ran("composition", input.stepId(), true);
            return Map.of("found", input.variables().get("found") + ", after " + input.results());
        };
        final CompositionPlan plan = CompositionPlan.of(Graph.of(
                "build",
                Part.of(Sequential.of("inner", Step.of("first", first))),
                Part.of(Parallel.of("beside", Step.of("second", second)), "inner"),
                Part.of(Step.of("last", first), "beside")));
        final CompositionWorkflow workflow = new CompositionWorkflow(
                engine, kernel.coordination("composition"), new CompositionRunner(new ComponentLibrary()));
        final Map<String, Object> globals = new LinkedHashMap<>();
        globals.put("found", "by nobody");
        return (goesOn
                        ? workflow.resume("build", plan, globals)
                        : workflow.run("build", plan, globals, OnError.FAIL_FAST))
                .data("build/beside/second");
    }

    /** Functions by name, without an engine. */
    private Object workers() {
        final WorkerTerms terms = WorkerTerms.ownThreads()
                .handle("first", context -> {
                    ran("workers", "first", false);
                    return StepResult.success("one");
                })
                .handle("second", context -> {
                    ran("workers", "second", true);
                    return StepResult.success(context.resultText("first") + " and two");
                });
        final Workers workers = kernel.tasks().serve(terms);
        final WorkflowRunHandle run = kernel.tasks().run(goesOn ? left() : started());
        run.await(Duration.ofMinutes(2));
        workers.close();
        return new String(run.step(1).result(), StandardCharsets.UTF_8);
    }

    private long started() {
        return kernel.coordination("workers")
                .start(
                        kernel.deploy(WorkflowDefinition.of(
                                "workers",
                                List.of(
                                        StepDefinition.of("first").withPayload(bytes("first")),
                                        StepDefinition.of("second", "first").withPayload(bytes("second"))))),
                        new byte[0])
                .handle();
    }

    private long left() {
        return kernel.tasks().runs().stream()
                .filter(run -> run.definition().name().equals("workers"))
                .findFirst()
                .orElseThrow()
                .handle();
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
