package io.signalbox.kernel.workflow;

/** A checked definition, its needs as indexes. Immutable once made; any thread. */
public final class WorkflowPlan {
    private final WorkflowDefinition definition;
    private final int[][] needs;
    private final int[][] dependents;

    WorkflowPlan(final WorkflowDefinition definition, final int[][] needs, final int[][] dependents) {
        this.definition = definition;
        this.needs = needs;
        this.dependents = dependents;
    }

    /** What it was made from. */
    public WorkflowDefinition definition() {
        return definition;
    }

    /** Number of steps. */
    public int stepCount() {
        return needs.length;
    }

    /** The step at an index. */
    public StepDefinition step(final int index) {
        return definition.steps().get(index);
    }

    /** How many steps a step needs. */
    public int needCount(final int index) {
        return needs[index].length;
    }

    /** Index of need number {@code i} of a step. */
    public int need(final int index, final int i) {
        return needs[index][i];
    }

    /** How many steps need a step. */
    public int dependentCount(final int index) {
        return dependents[index].length;
    }

    /** Index of the dependent number {@code i} of a step. */
    public int dependent(final int index, final int i) {
        return dependents[index][i];
    }
}
