package io.signalbox.cli.engine;

import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.Receipt;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.context.NearestName;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.ResultKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.StringNode;

/** Does what is wanted of a run from outside, for the process that has its kernel open. */
final class Asking {
    private final Kernel kernel;
    private final WorkflowRunHandle run;
    private final RunFolder folder;
    private final Plan plan;

    Asking(final Kernel kernel, final WorkflowRunHandle run, final RunFolder folder, final Plan plan) {
        this.kernel = kernel;
        this.run = run;
        this.folder = folder;
        this.plan = plan;
    }

    RunAnswer answer(final RunAsk ask) {
        final RunSnapshot snapshot = run.snapshot();
        if (snapshot.state().isFinal()) {
            return new RunAnswer(false, "run " + folder.id() + " is over; nothing was done");
        }
        if (ask.kind() == RunAsk.Kind.CANCEL) {
            final Receipt receipt = run.cancel();
            return receipt.isAccepted()
                    ? new RunAnswer(true, "run " + folder.id() + " is cancelled")
                    : new RunAnswer(false, "run " + folder.id() + " cannot be cancelled: " + receipt);
        }
        return decide(ask, snapshot);
    }

    private RunAnswer decide(final RunAsk ask, final RunSnapshot snapshot) {
        final List<String> asking = plan.steps().stream()
                .filter(step -> step.step().isApproval())
                .map(Plan.PlannedStep::id)
                .toList();
        final Optional<Plan.PlannedStep> planned = plan.step(ask.step());
        if (planned.isEmpty() || !asking.contains(ask.step())) {
            return new RunAnswer(
                    false,
                    (planned.isEmpty()
                                    ? "run " + folder.id() + " has no step '" + ask.step() + "'"
                                    : "step '" + ask.step() + "' asks nobody")
                            + (asking.isEmpty()
                                    ? "; no step of it asks anybody"
                                    : NearestName.hint(ask.step(), asking) + " (steps that ask: "
                                            + String.join(", ", asking) + ")"));
        }
        final StepSnapshot step = snapshot.steps().get(planned.get().index());
        if (step.state() != io.signalbox.kernel.workflow.StepState.WAITING) {
            final String why = step.openNeeds().isEmpty()
                    ? "its state is " + step.state().name().toLowerCase(Locale.ROOT)
                    : "it waits for " + String.join(", ", step.openNeeds());
            return new RunAnswer(false, "step '" + ask.step() + "' is not asking now: " + why);
        }
        return finish(ask, step);
    }

    private RunAnswer finish(final RunAsk ask, final StepSnapshot step) {
        final boolean isYes = ask.kind() == RunAsk.Kind.APPROVE;
        final AttemptResult result = new AttemptResult(
                isYes ? StepState.SUCCEEDED : StepState.FAILED,
                OptionalInt.empty(),
                isYes ? Optional.of(StringNode.valueOf(ask.comment())) : Optional.empty(),
                Optional.empty(),
                Map.of(),
                isYes ? "" : "rejected" + (ask.comment().isEmpty() ? "" : ": " + ask.comment()),
                List.of(),
                0);
        final Receipt receipt = kernel.tasks()
                .finish(
                        new Tasks.Task(run.handle(), step.index(), Math.max(1, step.attempts()), null),
                        isYes ? StepEnding.SUCCEEDED : StepEnding.FAILED_FOR_GOOD,
                        isYes ? 0 : 1,
                        AttemptRecord.result(result, ResultKind.TEXT),
                        AttemptRecord.detail(result, folder.root()));
        return receipt.isAccepted()
                ? new RunAnswer(true, "step '" + ask.step() + "' is " + (isYes ? "approved" : "rejected"))
                : new RunAnswer(false, "step '" + ask.step() + "' took no answer: " + receipt);
    }
}
