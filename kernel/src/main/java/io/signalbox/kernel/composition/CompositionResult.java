package io.signalbox.kernel.composition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a composition ended.
 *
 * @param isSuccess whether every step succeeded or was skipped.
 * @param steps outcomes by id, in the order of the plan.
 * @param variables the outermost ones, as they were left.
 */
public record CompositionResult(boolean isSuccess, Map<String, StepOutcome> steps, Map<String, Object> variables) {
    public CompositionResult {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** What a step made; nothing when it did not succeed. */
    public Map<String, Object> data(final String stepId) {
        final StepOutcome outcome = steps.get(stepId);
        InvalidCompositionException.unless(outcome != null, "no step is called '" + stepId + "'");
        return outcome.data();
    }
}
