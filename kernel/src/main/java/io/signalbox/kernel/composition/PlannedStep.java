package io.signalbox.kernel.composition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A step of a plan.
 *
 * @param id its whole id.
 * @param needs ids of the steps that must have ended before it begins.
 * @param inputs ids of the steps whose results it builds on; each of them is needed, or needed by what is needed.
 * @param guards ids of conditions and what they must have said; otherwise the step is skipped.
 * @param frame the composition in which it stands.
 * @param step what to do; null for a condition.
 * @param condition what to ask; null for a step.
 */
public record PlannedStep(
        String id,
        List<String> needs,
        List<String> inputs,
        Map<String, Boolean> guards,
        Frame frame,
        Composition.Step step,
        Predicate<StepInput> condition) {
    /**
     * A composition as a place where variables are.
     *
     * @param path whole id of the composition.
     * @param outer the composition around it; null for the outermost.
     * @param variables that it declares.
     */
    public record Frame(String path, Frame outer, List<Variable> variables) {}

    public PlannedStep {
        needs = List.copyOf(needs);
        inputs = List.copyOf(inputs);
        guards = Collections.unmodifiableMap(new LinkedHashMap<>(guards));
    }

    /** Whether it asks something instead of doing something. */
    public boolean isCondition() {
        return condition != null;
    }
}
