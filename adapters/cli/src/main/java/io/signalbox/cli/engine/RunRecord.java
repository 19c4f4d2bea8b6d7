package io.signalbox.cli.engine;

import io.signalbox.cli.process.StoredFile;
import io.signalbox.cli.view.OutputFile;
import io.signalbox.cli.view.RunState;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A run as the kernel knows it, in the words of the command line. */
record RunRecord(RunFolder folder, RunDefinition definition, Frame frame, RunSnapshot snapshot) {
    private static final int TIMEOUT_EXIT_CODE = 124;

    /** A run with all that its steps went on as; {@code all} are the runs of its journal. */
    static RunRecord of(final RunFolder folder, final RunSnapshot run, final List<RunSnapshot> all) {
        final RunDefinition definition = RunDefinition.of(run.definition());
        return new RunRecord(folder, definition, Frame.of(run.handle(), definition.plan()), run).at(run, all);
    }

    /** The same run at another moment. */
    RunRecord at(final RunSnapshot run, final List<RunSnapshot> all) {
        final Frame now = frame.at(run, all);
        return new RunRecord(folder, definition, now, now.together(run, all));
    }

    /** The same with a run that a step goes on as; where the steps stand is not looked at again. */
    RunRecord with(final RunSnapshot part) {
        return new RunRecord(folder, definition, frame.with(part), snapshot);
    }

    /** All steps. */
    Plan plan() {
        return frame.plan();
    }

    /** What the last attempt of a step that ended came to; empty when none ended. */
    Optional<AttemptResult> result(final StepSnapshot step) {
        return AttemptRecord.read(
                step.result(),
                step.detail(),
                plan().steps().get(step.index()).step().result(),
                folder.root());
    }

    /** Where a step stands. */
    StepState state(final StepSnapshot step) {
        return switch (step.state()) {
            case PENDING, READY, ASSIGNED, DORMANT -> StepState.WAITING;
            case WAITING -> waiting(planned(step));
            case STARTED -> StepState.RUNNING;
            case BACKING_OFF -> StepState.BACKING_OFF;
            case SUCCEEDED -> StepState.SUCCEEDED;
            case SKIPPED -> StepState.SKIPPED;
            case CANCELLED -> StepState.CANCELLED;
            case FAILED ->
                result(step)
                        .map(AttemptResult::state)
                        .orElse(hasTimedOut(step) ? StepState.TIMED_OUT : StepState.FAILED);
        };
    }

    /** Who waits for something from outside: a person, or the items that become known in the next moment. */
    private static StepState waiting(final Plan.PlannedStep planned) {
        return planned.step().isApproval() ? StepState.AWAITING : StepState.WAITING;
    }

    /** The kernel's word for a gate or a question whose time was up. */
    private static boolean hasTimedOut(final StepSnapshot step) {
        return step.exitCode() == TIMEOUT_EXIT_CODE;
    }

    /** What the step is in the plan. */
    Plan.PlannedStep planned(final StepSnapshot step) {
        return plan().steps().get(step.index());
    }

    /** Whether a person wants to see it: what its instances stand for, what only holds the graph together, or would undo what nobody undoes, is passed over. */
    boolean isShown(final StepSnapshot step) {
        final boolean isBrokenCondition = planned(step).step().run() instanceof Run.Condition
                && step.state() == io.signalbox.kernel.workflow.StepState.FAILED;
        return (!planned(step).step().isHidden() || isBrokenCondition)
                && !planned(step).isOpened()
                && step.state() != io.signalbox.kernel.workflow.StepState.DORMANT;
    }

    /** Why a step failed, in a sentence. */
    String failure(final StepSnapshot step) {
        return result(step).map(AttemptResult::message).orElseGet(() -> {
            if (hasTimedOut(step)) {
                return "its time was up";
            }
            return planned(step)
                    .gate()
                    .map(gate -> judgement(planned(step), gate))
                    .orElse("failed");
        });
    }

    private String judgement(final Plan.PlannedStep gate, final Run.Gate how) {
        int succeeded = 0;
        int open = 0;
        for (final int member : gate.needs()) {
            final io.signalbox.kernel.workflow.StepState state =
                    snapshot.steps().get(member).state();
            succeeded += state == io.signalbox.kernel.workflow.StepState.SUCCEEDED ? 1 : 0;
            open += state.isFinal() ? 0 : 1;
        }
        return how.strategy().words() + ": " + succeeded + " of " + gate.needs().size() + " succeeded"
                + (open > 0 ? ", " + open + " had not ended" : "");
    }

    /** The member that a gate took, if it took one. */
    Optional<String> winner(final StepSnapshot gate) {
        return gate.winner() < 0
                ? Optional.empty()
                : Optional.of(plan().steps().get(gate.winner()).id());
    }

    /** Where the run stands. */
    RunState state() {
        return state(snapshot.state());
    }

    /** The word for the kernel's. */
    static RunState state(final io.signalbox.kernel.workflow.RunState state) {
        return switch (state) {
            case RUNNING, FAILING, CANCELLING, EXPIRING, COMPENSATING -> RunState.RUNNING;
            case SUCCEEDED -> RunState.SUCCEEDED;
            case FAILED -> RunState.FAILED;
            case CANCELLED -> RunState.CANCELLED;
            case EXPIRED -> RunState.TIMED_OUT;
            case COMPENSATED -> RunState.COMPENSATED;
            case PARTLY_FAILED -> RunState.FINISHED_WITH_FAILURES;
        };
    }

    /** Declared outputs of the steps that succeeded. */
    List<OutputFile> outputs() {
        final List<OutputFile> outputs = new ArrayList<>();
        for (final StepSnapshot step : snapshot.steps()) {
            outputs.addAll(outputs(step));
        }
        return outputs;
    }

    List<OutputFile> outputs(final StepSnapshot step) {
        final List<OutputFile> outputs = new ArrayList<>();
        if (state(step) == StepState.SUCCEEDED) {
            result(step)
                    .ifPresent(result -> result.outputs()
                            .forEach((name, file) -> outputs.add(
                                    new OutputFile(step.id(), name, file.path(), file.sizeBytes(), file.sha256()))));
        }
        return outputs;
    }

    /** See {@link ResultDigest}. */
    String resultDigest() {
        return ResultDigest.of(
                snapshot.steps().stream().filter(this::isShown).map(this::entry).toList());
    }

    private ResultDigest.Entry entry(final StepSnapshot step) {
        final StepState state = state(step);
        final Optional<AttemptResult> result =
                state == StepState.SUCCEEDED || state.isFailure() ? result(step) : Optional.empty();
        final TreeMap<String, String> outputs = new TreeMap<>();
        result.ifPresent(present -> present.outputs().forEach((name, file) -> outputs.put(name, file.sha256())));
        return new ResultDigest.Entry(
                step.id(),
                state,
                result.map(AttemptResult::exitCode).orElse(OptionalInt.empty()),
                result.flatMap(RunRecord::resultText),
                outputs);
    }

    private static Optional<String> resultText(final AttemptResult result) {
        final Optional<StoredFile> file = result.resultFile();
        return file.isPresent()
                ? file.map(stored -> "sha256:" + stored.sha256())
                : result.result().map(node -> node.isString() ? node.asString() : node.toString());
    }
}
