package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.composition.CompositionPlan;
import io.signalbox.kernel.composition.CompositionResult;
import io.signalbox.kernel.composition.CompositionRunner;
import io.signalbox.kernel.composition.Frames;
import io.signalbox.kernel.composition.PlannedStep;
import io.signalbox.kernel.composition.StepOutcome;
import io.signalbox.kernel.composition.Variables;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One run of a composition in the kernel. Any thread. */
final class ComposedRun implements WorkflowEngine.Functions {
    private final CompositionRunner runner;
    private final CompositionPlan plan;
    private final Frames frames;
    private final WrittenOutcomes written;
    private final Map<String, StepOutcome> ended = new ConcurrentHashMap<>();

    ComposedRun(
            final CompositionRunner runner,
            final CompositionPlan plan,
            final Map<String, ?> globals,
            final ResultCodec codec) {
        this.runner = runner;
        this.plan = plan;
        frames = new Frames(globals);
        written = new WrittenOutcomes(codec);
    }

    @Override
    public void restore(final RunSnapshot earlier) {
        for (final StepSnapshot step : earlier.steps()) {
            if (step.state().isFinal() && step.result().length > 0) {
                final WrittenOutcomes.Written before = written.read(step);
                before.writes().forEach(write -> frames.repeat(plan.step(step.id()), write));
                ended.put(step.id(), before.outcome());
            }
        }
    }

    /** A step that a guard keeps back has succeeded for the kernel, so that those behind it go on. */
    @Override
    public StepResult perform(final StepContext context) {
        final PlannedStep step = plan.step(context.step().id());
        final ConcurrentLinkedQueue<Variables.Write> writes = new ConcurrentLinkedQueue<>();
        final StepOutcome outcome = runner.perform(step, frames, ended, writes::add);
        final StepResult result = written.write(context, outcome, List.copyOf(writes));
        ended.put(step.id(), outcome);
        return result;
    }

    CompositionResult result(final RunSnapshot run) {
        final Map<String, StepOutcome> outcomes = new LinkedHashMap<>();
        plan.steps().forEach(step -> outcomes.put(step.id(), outcome(run.step(step.id()), step, outcomes)));
        return new CompositionResult(
                run.state() == RunState.SUCCEEDED, outcomes, frames.outermost().toMap());
    }

    private StepOutcome outcome(
            final StepSnapshot step, final PlannedStep planned, final Map<String, StepOutcome> before) {
        final StepOutcome known = ended.get(step.id());
        if (step.state() == StepState.SUCCEEDED && known != null) {
            return known;
        }
        if (step.state() == StepState.FAILED) {
            return without(StepOutcome.State.FAILED, new String(step.detail(), StandardCharsets.UTF_8));
        }
        return without(
                StepOutcome.State.CANCELLED,
                planned.needs().stream()
                        .filter(need -> !goesOn(before.get(need)))
                        .findFirst()
                        .map(need -> "'" + need + "' did not succeed")
                        .orElse("the run had ended"));
    }

    private static boolean goesOn(final StepOutcome outcome) {
        return outcome.state() == StepOutcome.State.SUCCEEDED || outcome.state() == StepOutcome.State.SKIPPED;
    }

    private static StepOutcome without(final StepOutcome.State state, final String problem) {
        return new StepOutcome(state, Map.of(), false, problem);
    }
}
