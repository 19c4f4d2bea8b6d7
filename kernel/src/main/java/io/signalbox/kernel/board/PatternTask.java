package io.signalbox.kernel.board;

import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.PatternStep;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A task of a pattern's run, as the code sees it that does it.
 *
 * @param taskId its id in the run.
 * @param step what the pattern says about it.
 * @param results of the tasks before it, by id in declared order; those that brought nothing are left out.
 * @param synthesis the results of a join or merge as one, and under names with an underscore where they come from; empty behind no join.
 * @param inputs what the run was started with: {@code ticket_id, source_task_id, source_result, parameters}.
 * @param context of the attempt.
 */
public record PatternTask(
        String taskId,
        PatternStep step,
        Map<String, DocumentValue> results,
        DocumentValue synthesis,
        DocumentValue inputs,
        StepContext context) {
    public PatternTask {
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }

    /** What there is to do. */
    public String taskType() {
        return step.taskType();
    }

    /** What it is told beside results. */
    public DocumentValue input() {
        return step.input();
    }

    /** The round of a loop, from 1; 0 outside of one. */
    public int round() {
        final DocumentValue round = step.document().get("round");
        return round == null ? 0 : (int) round.asLong();
    }

    /** Number of the attempt, from 1. */
    public int attempt() {
        return context.attempt();
    }
}
