package io.signalbox.cli.engine;

import io.signalbox.cli.process.StoredFile;
import io.signalbox.cli.view.OutputFile;
import io.signalbox.cli.view.RunState;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A run as the kernel knows it, in the words of the command line. */
record RunRecord(RunFolder folder, RunDefinition definition, Plan plan, RunSnapshot snapshot) {
    static RunRecord of(final RunFolder folder, final RunSnapshot snapshot) {
        final RunDefinition definition = RunDefinition.of(snapshot.definition());
        return new RunRecord(folder, definition, definition.plan(), snapshot);
    }

    /** What the last attempt of a step that ended came to; empty when none ended. */
    Optional<AttemptResult> result(final StepSnapshot step) {
        return AttemptRecord.read(
                step.result(),
                step.detail(),
                plan.steps().get(step.index()).step().result(),
                folder.root());
    }

    /** Where a step stands. */
    StepState state(final StepSnapshot step) {
        return switch (step.state()) {
            case PENDING, READY, ASSIGNED, WAITING, DORMANT -> StepState.WAITING;
            case STARTED -> StepState.RUNNING;
            case BACKING_OFF -> StepState.BACKING_OFF;
            case SUCCEEDED -> StepState.SUCCEEDED;
            case SKIPPED -> StepState.SKIPPED;
            case CANCELLED -> StepState.CANCELLED;
            case FAILED -> result(step).map(AttemptResult::state).orElse(StepState.FAILED);
        };
    }

    /** Where the run stands. */
    RunState state() {
        return switch (snapshot.state()) {
            case RUNNING, FAILING, CANCELLING, EXPIRING, COMPENSATING -> RunState.RUNNING;
            case SUCCEEDED -> RunState.SUCCEEDED;
            case FAILED, CANCELLED, EXPIRED, COMPENSATED -> RunState.FAILED;
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
        return ResultDigest.of(snapshot.steps().stream().map(this::entry).toList());
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
