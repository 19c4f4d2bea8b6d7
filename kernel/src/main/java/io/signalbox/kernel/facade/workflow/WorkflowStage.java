package io.signalbox.kernel.facade.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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

    private WorkflowStage with(final Consumer<Draft> change) {
        final Draft draft = new Draft(this);
        change.accept(draft);
        return new WorkflowStage(
                stageId,
                stageNumber,
                draft.stageName,
                steps,
                draft.dependencies,
                draft.isParallel,
                draft.maxConcurrentSteps,
                draft.timeout,
                draft.metadata);
    }

    /** The same, called otherwise. */
    public WorkflowStage named(final String stageName) {
        return with(draft -> draft.stageName = stageName);
    }

    /** The same, skipped unless these have completed. */
    public WorkflowStage dependsOn(final String... stages) {
        return with(draft -> draft.dependencies = List.of(stages));
    }

    /** The same, one step after the other. */
    public WorkflowStage sequential() {
        return with(draft -> draft.isParallel = false);
    }

    /** The same with so many steps at once. */
    public WorkflowStage withMaxConcurrentSteps(final int maxConcurrentSteps) {
        return with(draft -> draft.maxConcurrentSteps = maxConcurrentSteps);
    }

    /** The same with a time limit. */
    public WorkflowStage withTimeout(final Duration timeout) {
        return with(draft -> draft.timeout = timeout);
    }

    /** The same with something more that is known about it. */
    public WorkflowStage metadata(final String name, final Object value) {
        return with(draft -> draft.metadata = Compiling.with(draft.metadata, name, value));
    }

    /** What may differ from one stage of the same steps to another. */
    private static final class Draft {
        String stageName;
        List<String> dependencies;
        boolean isParallel;
        int maxConcurrentSteps;
        Duration timeout;
        Map<String, Object> metadata;

        Draft(final WorkflowStage from) {
            stageName = from.stageName;
            dependencies = from.dependencies;
            isParallel = from.isParallel;
            maxConcurrentSteps = from.maxConcurrentSteps;
            timeout = from.timeout;
            metadata = from.metadata;
        }
    }
}
