package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.State;
import io.signalbox.kernel.StepContext;
import java.util.Map;
import java.util.function.Function;

/** One attempt, as the function that carries it out sees it. Of that function alone. */
public final class WorkContext {
    private final StepContext step;
    private final Coordination coordination;
    private final Part part;
    private final Map<String, Object> dependencyResults;
    private final Function<String, Map<String, Object>> stageOutputs;

    /**
     * What does not change from attempt to attempt.
     *
     * @param workflowId of the workflow, empty for none.
     * @param stageId of the stage, empty for none.
     * @param id of the step, task or node.
     * @param type of the step, null for none.
     * @param input what it was given.
     * @param metadata of the step.
     * @param shared what the whole workflow was given.
     */
    record Part(
            String workflowId,
            String stageId,
            String id,
            WorkflowStepType type,
            Map<String, Object> input,
            Map<String, Object> metadata,
            Map<String, Object> shared) {}

    WorkContext(
            final StepContext step,
            final Coordination coordination,
            final Part part,
            final Map<String, Object> dependencyResults,
            final Function<String, Map<String, Object>> stageOutputs) {
        this.step = step;
        this.coordination = coordination;
        this.part = part;
        this.dependencyResults = dependencyResults;
        this.stageOutputs = stageOutputs;
    }

    /** Id of the workflow; empty when there is none. */
    public String workflowId() {
        return part.workflowId();
    }

    /** Id of the stage; empty when there is none. */
    public String stageId() {
        return part.stageId();
    }

    /** Id of the step, task or node. */
    public String stepId() {
        return part.id();
    }

    /** Type of the step; null outside of stages. */
    public WorkflowStepType stepType() {
        return part.type();
    }

    /** Number of the attempt, from 1. */
    public int attempt() {
        return step.attempt();
    }

    /** What the step was given. */
    public Map<String, Object> input() {
        return part.input();
    }

    /** One value of {@link #input}; null when it has none. */
    public Object input(final String name) {
        return part.input().get(name);
    }

    /** What is known about the step. */
    public Map<String, Object> metadata() {
        return part.metadata();
    }

    /** What the whole workflow was given. */
    public Map<String, Object> shared() {
        return part.shared();
    }

    /**
     * What the dependencies have produced that have succeeded, by id, in declared order.
     *
     * @throws ResultNotKeptException when one of them was produced by a process that is gone, and could not be written down.
     */
    public Map<String, Object> dependencyResults() {
        return WrittenResults.kept(dependencyResults);
    }

    /**
     * What one dependency has produced; null when it has not succeeded.
     *
     * @throws ResultNotKeptException as {@link #dependencyResults}, of this one.
     */
    public Object result(final String dependency) {
        return WrittenResults.kept(dependencyResults.get(dependency));
    }

    /**
     * What the steps of a stage have produced that have succeeded, by id, in declared order.
     *
     * @throws IllegalArgumentException when it is not a stage that has certainly ended: one that this stage depends on, or an earlier one
     *     where stages follow each other.
     * @throws ResultNotKeptException as {@link #dependencyResults}.
     */
    public Map<String, Object> stageOutputs(final String stageId) {
        return WrittenResults.kept(stageOutputs.apply(stageId));
    }

    /** The coordination that the work belongs to. */
    public Coordination coordination() {
        return coordination;
    }

    /** The shared state. */
    public State state() {
        return coordination.state();
    }

    /** Whether nobody wants the result any more. */
    public boolean isStopped() {
        return step.isStopped();
    }
}
