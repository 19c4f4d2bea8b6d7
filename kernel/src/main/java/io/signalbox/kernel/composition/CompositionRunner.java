package io.signalbox.kernel.composition;

import io.signalbox.kernel.workflow.OnError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Runs compositions in this process: a step begins when the last that it needs has ended. Any thread; any number of runs at once. */
public final class CompositionRunner {
    private final ComponentLibrary library;

    /** With the components of a library. */
    public CompositionRunner(final ComponentLibrary library) {
        this.library = library;
    }

    /**
     * Run a plan. No thread waits for a step: the thread that ends one hands those that can begin now to the executor.
     *
     * @param globals the outermost variables.
     * @param onError whether a failure cancels everything that has not begun, or only what needs the failed step.
     * @param executor on which steps run; its bounds are the run's.
     * @return ends when every step has ended; never with an exception. Cancelling it cancels what has not begun.
     */
    public CompletableFuture<CompositionResult> run(
            final CompositionPlan plan, final Map<String, ?> globals, final OnError onError, final Executor executor) {
        return new CompositionRun(this, plan, new Frames(globals), onError, executor).start();
    }

    /**
     * Do one step, for a worker of a workflow that was made by {@link CompositionPlan#toDefinition}.
     *
     * @param frames of the run.
     * @param ended outcomes of the steps before it.
     */
    public StepOutcome perform(final PlannedStep planned, final Frames frames, final Map<String, StepOutcome> ended) {
        return perform(planned, frames, ended, write -> {});
    }

    /**
     * As the other.
     *
     * @param onWrite is told what the step writes to variables, on the thread that does; {@link Frames#repeat} does it again in another process.
     */
    public StepOutcome perform(
            final PlannedStep planned,
            final Frames frames,
            final Map<String, StepOutcome> ended,
            final Consumer<Variables.Write> onWrite) {
        for (final Map.Entry<String, Boolean> guard : planned.guards().entrySet()) {
            final StepOutcome condition = ended.get(guard.getKey());
            if (condition == null || !guard.getValue().equals(condition.data().get(StepOutcome.HOLDS))) {
                return StepOutcome.without(
                        StepOutcome.State.SKIPPED, "'" + guard.getKey() + "' does not say " + guard.getValue());
            }
        }
        final Map<String, Map<String, Object>> results = new LinkedHashMap<>();
        for (final String input : planned.inputs()) {
            final StepOutcome outcome = ended.get(input);
            if (outcome != null && outcome.state() == StepOutcome.State.SUCCEEDED) {
                results.put(input, outcome.data());
            }
        }
        final Map<String, Object> arguments =
                planned.isCondition() ? Map.of() : planned.step().arguments();
        try {
            return done(
                    planned,
                    new StepInput(planned.id(), frames.of(planned.frame()).telling(onWrite), arguments, results));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return StepOutcome.without(StepOutcome.State.FAILED, "it was interrupted");
        } catch (final Throwable e) { // whatever a step throws is its failure, and is told
            return StepOutcome.without(StepOutcome.State.FAILED, text(e));
        }
    }

    /** What was thrown says; its class when even that throws. */
    static String text(final Throwable thrown) {
        try {
            return String.valueOf(thrown);
        } catch (final RuntimeException | StackOverflowError speechless) {
            return thrown.getClass().getName();
        }
    }

    private StepOutcome done(final PlannedStep planned, final StepInput input) throws Exception {
        if (planned.isCondition()) {
            final boolean holds = planned.condition().test(input);
            return new StepOutcome(StepOutcome.State.SUCCEEDED, Map.of(StepOutcome.HOLDS, holds), false, "");
        }
        final Composition.Step step = planned.step();
        String problem = "";
        if (!step.component().isEmpty()) {
            final ComponentResult result = library.execute(
                    step.component(), step.version(), input.variables(), step.arguments(), input.results());
            if (result.isSuccess()) {
                return new StepOutcome(StepOutcome.State.SUCCEEDED, result.resultData(), true, "");
            }
            problem = result.problem();
        }
        if (step.node() == null) {
            return StepOutcome.without(StepOutcome.State.FAILED, problem);
        }
        return new StepOutcome(StepOutcome.State.SUCCEEDED, step.node().run(input), false, problem);
    }
}
