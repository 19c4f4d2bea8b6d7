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

/** What the steps of a run have produced, as documents, at one moment. */
final class RunResults {
    private final Map<String, StepSnapshot> steps = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final DocumentValue inputs;

    RunResults(final RunSnapshot run) {
        inputs = DocumentJson.mapIn(run.inputs());
        for (final StepSnapshot step : run.steps()) {
            steps.put(step.id(), step);
            final PatternStep about =
                    PatternStep.decode(run.definition().steps().get(step.index()).payload());
            types.put(step.id(), about == null ? "" : about.taskType());
        }
    }

    static RunResults of(final StepContext context) {
        return new RunResults(context.kernel().tasks().run(context.run()).snapshot());
    }

    DocumentValue inputs() {
        return inputs;
    }

    StepState state(final String step) {
        final StepSnapshot snapshot = steps.get(step);
        return snapshot == null ? null : snapshot.state();
    }

    /** What a step has produced, or the task outside that the run began with; null when it did not succeed. */
    DocumentValue of(final String step) {
        final StepSnapshot snapshot = steps.get(step);
        if (snapshot == null) {
            return inputs.textOf("source_task_id").equals(step) ? inputs.get("source_result") : null;
        }
        return snapshot.state() == StepState.SUCCEEDED ? document(snapshot.result()) : null;
    }

    /** Results are JSON; anything else is a text, and no bytes are nothing. */
    static DocumentValue document(final byte[] result) {
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
        final StepSnapshot decided = steps.get(gate);
        final int winner = decided == null ? -1 : decided.winner();
        final List<SourceResult> results = new ArrayList<>();
        for (final String source : sources) {
            final StepSnapshot snapshot = steps.get(source);
            final boolean counts = winner < 0 || snapshot != null && snapshot.index() == winner;
            results.add(new SourceResult(source, types.getOrDefault(source, ""), counts ? of(source) : null));
        }
        return results;
    }
}
