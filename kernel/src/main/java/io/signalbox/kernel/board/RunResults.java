package io.signalbox.kernel.board;

import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.PatternStep;
import io.signalbox.kernel.pattern.SourceResult;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the steps of a run have produced, as documents. Of an attempt: what its few needs have produced is at hand, the kernel is asked only for what else is wanted, once.
 * One thread.
 */
final class RunResults {
    private static final int FEW_NEEDS = 8;

    private final StepContext context;
    private final DocumentValue inputs;
    private final Map<String, StepSnapshot> steps = new HashMap<>();
    private RunSnapshot run;

    /** Of an attempt. */
    RunResults(final StepContext context) {
        this.context = context;
        inputs = DocumentJson.mapIn(context.inputs());
    }

    /** Of a run at one moment. */
    RunResults(final RunSnapshot run) {
        context = null;
        inputs = DocumentJson.mapIn(run.inputs());
        index(run);
    }

    private void index(final RunSnapshot snapshot) {
        run = snapshot;
        run.steps().forEach(step -> steps.put(step.id(), step));
    }

    private StepSnapshot step(final String id) {
        if (run == null) {
            index(context.kernel().tasks().run(context.run()).snapshot());
        }
        return steps.get(id);
    }

    private boolean isAtHand(final String step) {
        return context != null && context.needs().size() <= FEW_NEEDS && context.needs().contains(step);
    }

    DocumentValue inputs() {
        return inputs;
    }

    /** Where a step stands; null when the run has none of this id. */
    StepState state(final String step) {
        if (isAtHand(step)) {
            return context.state(step);
        }
        final StepSnapshot snapshot = step(step);
        return snapshot == null ? null : snapshot.state();
    }

    /** What a step has produced, or the task outside that the run began with; null when it did not succeed. */
    DocumentValue of(final String step) {
        if (isAtHand(step)) {
            return context.state(step) == StepState.SUCCEEDED ? document(context.result(step)) : null;
        }
        final DocumentValue outside = inputs.get("source_result");
        if (outside != null && inputs.textOf("source_task_id").equals(step)) {
            return outside;
        }
        final StepSnapshot snapshot = step(step);
        return snapshot == null || snapshot.state() != StepState.SUCCEEDED ? null : document(snapshot.result());
    }

    /** Results are JSON; anything else is a text, and no bytes are nothing. */
    private static DocumentValue document(final byte[] result) {
        if (result.length == 0) {
            return DocumentValue.NULL;
        }
        try {
            return DocumentJson.parse(result, 0, result.length);
        } catch (final IllegalArgumentException notJson) {
            return DocumentValue.of(new String(result, StandardCharsets.UTF_8));
        }
    }

    /** In declared order; of the winner of a gate that has one, that one's alone. */
    List<SourceResult> of(final List<String> sources, final String gate) {
        final StepSnapshot decided = gate.isEmpty() ? null : step(gate);
        final int winner = decided == null ? -1 : decided.winner();
        final List<SourceResult> results = new ArrayList<>();
        for (final String source : sources) {
            final StepSnapshot snapshot = step(source);
            final boolean counts = winner < 0 || snapshot != null && snapshot.index() == winner;
            results.add(new SourceResult(source, taskType(snapshot), counts ? of(source) : null));
        }
        return results;
    }

    private String taskType(final StepSnapshot step) {
        final PatternStep about = step == null
                ? null
                : PatternStep.decode(run.definition().steps().get(step.index()).payload());
        return about == null ? "" : about.taskType();
    }
}
