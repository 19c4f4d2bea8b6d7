package io.signalbox.kernel.facade.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Steps that belong together. Immutable.
 *
 * @param stageId unique in its workflow, not empty.
 * @param stageNumber 1 to the number of stages, each once.
 * @param stageName what people call it.
 * @param steps at least one.
 * @param dependencies ids of earlier stages: it is skipped unless they all have completed.
 * @param isParallel whether its steps run side by side; otherwise one after the other, in declared order as far as their dependencies allow.
 * @param maxConcurrentSteps of this stage at once; 0 for no limit beside the workflow's.
 * @param timeout a stage that lasts longer has failed, and its open steps are cancelled; null for what is configured, zero for no limit.
 * @param metadata what is known about it.
 */
public record WorkflowStage(
        String stageId,
        int stageNumber,
        String stageName,
        List<WorkflowStep> steps,
        List<String> dependencies,
        boolean isParallel,
        int maxConcurrentSteps,
        Duration timeout,
        Map<String, Object> metadata) {
    public WorkflowStage {
        Compiling.requireId("stage_id", stageId);
        Compiling.require(
                stageNumber, stageNumber >= 1, "stage_number of '" + stageId + "' must be >= 1: " + stageNumber);
        steps = List.copyOf(steps);
        Compiling.require(steps, !steps.isEmpty(), "stage '" + stageId + "' must have at least one step");
        dependencies = List.copyOf(dependencies);
        Compiling.require(
                maxConcurrentSteps,
                maxConcurrentSteps >= 0,
                "max_concurrent_steps of stage '" + stageId + "' must not be negative: " + maxConcurrentSteps);
        Compiling.require(
                timeout,
                timeout == null || !timeout.isNegative(),
                "the timeout of stage '" + stageId + "' must not be negative: " + timeout);
        metadata = Compiling.copy(metadata);
    }

    /** A stage whose steps run side by side, called by its id. */
    public static WorkflowStage of(final String stageId, final int stageNumber, final WorkflowStep... steps) {
        return of(stageId, stageNumber, List.of(steps));
    }

    /** A stage whose steps run side by side, called by its id. */
    public static WorkflowStage of(final String stageId, final int stageNumber, final List<WorkflowStep> steps) {
        return new WorkflowStage(stageId, stageNumber, stageId, steps, List.of(), true, 0, null, Map.of());
    }

    /** The same, called otherwise. */
    public WorkflowStage named(final String stageName) {
        return new WorkflowStage(
                stageId,
                stageNumber,
                stageName,
                steps,
                dependencies,
                isParallel,
                maxConcurrentSteps,
                timeout,
                metadata);
    }

    /** The same, skipped unless these have completed. */
    public WorkflowStage dependsOn(final String... stages) {
        return new WorkflowStage(
                stageId,
                stageNumber,
                stageName,
                steps,
                List.of(stages),
                isParallel,
                maxConcurrentSteps,
                timeout,
                metadata);
    }

    /** The same, one step after the other. */
    public WorkflowStage sequential() {
        return new WorkflowStage(
                stageId, stageNumber, stageName, steps, dependencies, false, maxConcurrentSteps, timeout, metadata);
    }

    /** The same with so many steps at once. */
    public WorkflowStage withMaxConcurrentSteps(final int maxConcurrentSteps) {
        return new WorkflowStage(
                stageId,
                stageNumber,
                stageName,
                steps,
                dependencies,
                isParallel,
                maxConcurrentSteps,
                timeout,
                metadata);
    }

    /** The same with a time limit. */
    public WorkflowStage withTimeout(final Duration timeout) {
        return new WorkflowStage(
                stageId,
                stageNumber,
                stageName,
                steps,
                dependencies,
                isParallel,
                maxConcurrentSteps,
                timeout,
                metadata);
    }

    /** The same with something more that is known about it. */
    public WorkflowStage metadata(final String name, final Object value) {
        return new WorkflowStage(
                stageId,
                stageNumber,
                stageName,
                steps,
                dependencies,
                isParallel,
                maxConcurrentSteps,
                timeout,
                Compiling.with(metadata, name, value));
    }
}
