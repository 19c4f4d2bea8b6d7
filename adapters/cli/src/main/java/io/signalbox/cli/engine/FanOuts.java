package io.signalbox.cli.engine;

import io.signalbox.cli.process.SpawnException;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.RunView;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.InvalidWorkflowException;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Expression;
import io.signalbox.yaml.ExpressionException;
import io.signalbox.yaml.ForeachItems;
import io.signalbox.yaml.Placeholder;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.PlanException;
import io.signalbox.yaml.ResultKind;
import io.signalbox.yaml.Scope;
import io.signalbox.yaml.UnresolvedPlaceholderException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * Lets the {@code foreach} steps whose items other steps come to go on as runs of their own, and end with them. To the kernel such a step is one that is ended from
 * outside: it holds no place. Each look does what is due by what the journal says, so it does not matter where a process before was cut off. One thread.
 */
final class FanOuts {
    private final Kernel kernel;
    private final LiveRun live;
    private final RunAttempts attempts;
    private final RunView view;
    private final Carried carried;
    private final List<Plan.PlannedStep> open = new ArrayList<>();

    FanOuts(
            final Kernel kernel,
            final LiveRun live,
            final RunAttempts attempts,
            final RunView view,
            final Carried carried) {
        this.kernel = kernel;
        this.live = live;
        this.attempts = attempts;
        this.view = view;
        this.carried = carried;
        live.plan().steps().stream().filter(Plan.PlannedStep::isOpen).forEach(open::add);
    }

    /** Does what is due. */
    void look() throws IOException {
        final List<Plan.PlannedStep> over = new ArrayList<>();
        for (final Plan.PlannedStep step : open) {
            if (isOver(step)) {
                over.add(step);
            }
        }
        open.removeAll(over);
    }

    /** Whether no run that a step went on as goes on. */
    boolean areOver() {
        return open.stream()
                .allMatch(step ->
                        live.partOf(step).map(part -> part.state().isFinal()).orElse(true));
    }

    private boolean isOver(final Plan.PlannedStep step) throws IOException {
        final StepSnapshot now = live.step(step.index());
        final Optional<WorkflowRunHandle> part = live.partOf(step);
        if (now.state() == io.signalbox.kernel.workflow.StepState.WAITING) {
            if (part.isEmpty()) {
                begin(step, now);
            } else if (part.get().state().isFinal()) {
                goOn(step, now, part.get());
            }
            return false;
        }
        if (!now.state().isFinal()) {
            return false;
        }
        if (part.isPresent() && !part.get().state().isFinal()) {
            final var unused = part.get().cancel(); // Whoever ends it meanwhile does the same.
            attempts.telling().decisions();
        }
        return part.isEmpty() || part.get().state().isFinal();
    }

    private void begin(final Plan.PlannedStep step, final StepSnapshot now) throws IOException {
        final Carried.End before = carried.steps().get(step.id());
        if (before != null) {
            attempts.carry(task(now), step, before);
            return;
        }
        final Optional<String> leftOut = live.leftOut().why(step);
        if (leftOut.isPresent()) {
            end(now, StepState.SKIPPED, leftOut.get(), 1, Optional.empty());
            return;
        }
        final Scope scope = attempts.scopes().of(step);
        try {
            final Optional<Expression> when = step.step().when().filter(found -> !isAboutItems(found));
            if (when.isPresent() && !when.get().evaluate(scope)) {
                end(now, StepState.SKIPPED, "when: " + when.get().text() + " is false", 1, Optional.empty());
                return;
            }
            final List<JsonNode> items = ForeachItems.of(step.step(), scope);
            if (items.isEmpty()) {
                view.instancesKnown(step.id(), 0);
                end(now, StepState.SUCCEEDED, "", 1, Optional.of(JsonView.MAPPER.createArrayNode()));
            } else {
                start(step, items);
            }
        } catch (final UnresolvedPlaceholderException
                | ExpressionException
                | PlanException
                | InvalidWorkflowException
                | CommandRefusedException e) {
            end(now, StepState.FAILED, attempts.masked(String.valueOf(e.getMessage())), 1, Optional.empty());
        }
    }

    private static boolean isAboutItems(final Expression when) {
        return when.placeholders().stream()
                .anyMatch(placeholder -> placeholder instanceof Placeholder.ForeachItem
                        || placeholder instanceof Placeholder.ForeachIndex);
    }

    private void start(final Plan.PlannedStep step, final List<JsonNode> items) throws IOException {
        for (int i = 0; i < items.size(); i++) {
            final String instance = step.id() + "[" + i + "]";
            if (!carried.steps().containsKey(instance)) {
                live.folder().clearAttempts(instance);
            }
        }
        final int definition = kernel.deploy(FanOut.definition(live.definition(), live.plan(), step, items));
        final WorkflowRunHandle part = kernel.coordination(KernelEngine.COORDINATION)
                .start(definition, new FanOut(live.root().handle(), step.id()).inputs());
        final var unused = kernel.tasks().release(definition); // One that stays does no harm.
        live.add(part);
        view.instancesKnown(step.id(), items.size());
    }

    /** Its run has ended: so has the step, unless it was asked for again since; then what failed is done again. */
    private void goOn(final Plan.PlannedStep step, final StepSnapshot now, final WorkflowRunHandle part) {
        final RunSnapshot ended = part.snapshot();
        if (ended.finishedNs() < now.sinceNs() && ended.state() != RunState.SUCCEEDED) {
            part.retry().orThrow();
            return;
        }
        final StepSnapshot last = ended.steps().get(ended.steps().size() - 1);
        final boolean isJudged = step.step().flow().strategy().isPresent();
        if (ended.state() != RunState.SUCCEEDED) {
            end(now, StepState.FAILED, why(ended), 1, Optional.empty());
            return;
        }
        final boolean isSkipped =
                isJudged ? isSkipped(last) : ended.steps().stream().anyMatch(FanOuts::isSkipped);
        end(
                now,
                isSkipped ? StepState.SKIPPED : StepState.SUCCEEDED,
                isSkipped ? "a step of it was skipped" : "",
                isJudged ? last.quality() : 1,
                Optional.empty());
    }

    private static boolean isSkipped(final StepSnapshot step) {
        return step.state() == io.signalbox.kernel.workflow.StepState.SKIPPED;
    }

    private static String why(final RunSnapshot ended) {
        return ended.steps().stream()
                .filter(step -> step.state() == io.signalbox.kernel.workflow.StepState.FAILED)
                .map(step -> step.id() + " failed")
                .findFirst()
                .orElse("its steps were stopped");
    }

    private void end(
            final StepSnapshot now,
            final StepState state,
            final String message,
            final double quality,
            final Optional<JsonNode> result) {
        final AttemptResult end = new AttemptResult(
                state,
                state == StepState.FAILED ? OptionalInt.of(SpawnException.NOT_RUNNABLE) : OptionalInt.empty(),
                result,
                Optional.empty(),
                Map.of(),
                message,
                List.of(),
                0);
        final StepEnding ending = switch (state) {
            case SUCCEEDED -> StepEnding.SUCCEEDED;
            case SKIPPED -> StepEnding.SKIPPED;
            default -> StepEnding.FAILED_FOR_GOOD;
        };
        final var unused = kernel.tasks() // Refused when it was cancelled in between: the next look sees that.
                .finish(
                        task(now),
                        ending,
                        end.exitCode().orElse(0),
                        quality,
                        AttemptRecord.result(end, ResultKind.JSON),
                        AttemptRecord.detail(end, live.folder().root()));
        attempts.telling().decisions();
    }

    private Tasks.Task task(final StepSnapshot now) {
        return new Tasks.Task(live.root().handle(), now.index(), Math.max(1, now.attempts()), null);
    }

    /** Cancels what goes on of a run that has ended while nobody looked. */
    static void cancelRest(final Kernel kernel, final long run) {
        final List<RunSnapshot> all = kernel.tasks().runs();
        final boolean isOver =
                all.stream().anyMatch(one -> one.handle() == run && one.state().isFinal());
        for (final RunSnapshot part : all) {
            if (isOver
                    && !part.state().isFinal()
                    && FanOut.of(part).filter(fan -> fan.of() == run).isPresent()) {
                kernel.tasks().run(part.handle()).cancel().orThrow();
            }
        }
    }
}
