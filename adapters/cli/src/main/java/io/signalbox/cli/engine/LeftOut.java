package io.signalbox.cli.engine;

import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.yaml.BlockConditions;
import io.signalbox.yaml.Plan;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Which steps are skipped because a block that they stand in is.
 *
 * @param run what the steps are
 * @param steps where a step stands now, by its index
 */
record LeftOut(RunRecord run, IntFunction<StepSnapshot> steps) {

    /** Why the innermost block is left out that a step is or stands in; empty when none is. */
    Optional<String> why(final Plan.PlannedStep planned) {
        String block = planned.isGate() ? planned.id() : planned.step().flow().parent();
        while (!block.isEmpty()) {
            final String id = block;
            final Optional<String> why = run.plan()
                    .step(BlockConditions.idOf(id))
                    .map(condition -> steps.apply(condition.index()))
                    .filter(condition -> condition.state() == StepState.SKIPPED)
                    .map(condition -> id + " is left out: " + reason(condition));
            if (why.isPresent()) {
                return why;
            }
            block = run.plan().step(id).map(step -> step.step().flow().parent()).orElse("");
        }
        return Optional.empty();
    }

    private String reason(final StepSnapshot condition) {
        return run.result(condition)
                .map(AttemptResult::message)
                .filter(message -> !message.isEmpty())
                .orElse("a step it needs was skipped");
    }
}
