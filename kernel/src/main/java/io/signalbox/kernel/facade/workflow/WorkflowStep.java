package io.signalbox.kernel.facade.workflow;

import java.util.List;
import java.util.Map;

/**
 * One step of a stage. Immutable.
 *
 * @param stepId unique in its workflow, not empty.
 * @param stepType what it is about.
 * @param executor what does it.
 * @param dependencies ids of steps of the same stage or of earlier ones.
 * @param inputData what the executor is given.
 * @param metadata what is known about it.
 * @param terms how it is carried out.
 */
public record WorkflowStep(
        String stepId,
        WorkflowStepType stepType,
        StepExecutor executor,
        List<String> dependencies,
        Map<String, Object> inputData,
        Map<String, Object> metadata,
        StepTerms terms) {
    public WorkflowStep {
        Compiling.requireId("step_id", stepId);
        Compiling.require(stepType, stepType != null, "step '" + stepId + "' must have a type");
        Compiling.require(executor, executor != null, "the executor of step '" + stepId + "' must be callable");
        dependencies = List.copyOf(dependencies);
        inputData = Compiling.copy(inputData);
        metadata = Compiling.copy(metadata);
    }

    /** A step without dependencies and inputs. */
    public static WorkflowStep of(final String stepId, final WorkflowStepType stepType, final StepExecutor executor) {
        return new WorkflowStep(stepId, stepType, executor, List.of(), Map.of(), Map.of(), StepTerms.STANDARD);
    }

    /** The same, after these steps. */
    public WorkflowStep dependsOn(final String... steps) {
        return new WorkflowStep(stepId, stepType, executor, List.of(steps), inputData, metadata, terms);
    }

    /** The same with one input more. */
    public WorkflowStep input(final String name, final Object value) {
        return new WorkflowStep(
                stepId, stepType, executor, dependencies, Compiling.with(inputData, name, value), metadata, terms);
    }

    /** The same with something more that is known about it. */
    public WorkflowStep metadata(final String name, final Object value) {
        return new WorkflowStep(
                stepId, stepType, executor, dependencies, inputData, Compiling.with(metadata, name, value), terms);
    }

    /** The same, carried out otherwise. */
    public WorkflowStep withTerms(final StepTerms terms) {
        return new WorkflowStep(stepId, stepType, executor, dependencies, inputData, metadata, terms);
    }
}
