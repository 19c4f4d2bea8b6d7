package io.signalbox.cli.view;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run begins, or goes on.
 *
 * @param runId its id
 * @param workflow the workflow's name
 * @param folder the run's folder
 * @param steps in topological order
 * @param finishedBefore on resume: steps and instances whose end is journaled, which will not run again
 * @param isResumed whether this continues an earlier run
 */
public record RunStart(
        String runId,
        String workflow,
        Path folder,
        List<PlannedStep> steps,
        Map<String, StepState> finishedBefore,
        boolean isResumed) {
    /** How many steps there are, without the blocks they stand in. */
    public long stepCount() {
        return steps.stream().filter(step -> !step.kind().isBlock()).count();
    }

    public RunStart {
        steps = List.copyOf(steps);
        finishedBefore = Collections.unmodifiableMap(new LinkedHashMap<>(finishedBefore));
    }
}
