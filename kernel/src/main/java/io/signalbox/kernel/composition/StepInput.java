package io.signalbox.kernel.composition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a step, or a condition, has to go by.
 *
 * @param stepId of the step, as the plan has it.
 * @param variables that can be seen where it stands.
 * @param arguments that its composition gives it.
 * @param results of the steps that it builds on, by their id, in declared order; of a step that was skipped there is none.
 */
public record StepInput(
        String stepId, Variables variables, Map<String, Object> arguments, Map<String, Map<String, Object>> results) {
    public StepInput {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }

    /**
     * The one result that it builds on.
     *
     * @throws IllegalStateException when there is none, or there are several.
     */
    public Map<String, Object> result() {
        if (results.size() != 1) {
            throw new IllegalStateException(
                    "step '" + stepId + "' builds on " + results.size() + " results: " + results.keySet());
        }
        return results.values().iterator().next();
    }
}
