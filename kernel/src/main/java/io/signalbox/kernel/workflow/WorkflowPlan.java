package io.signalbox.kernel.workflow;

/** A checked definition, its needs as indexes. Immutable once made; any thread. */
public final class WorkflowPlan {
    private final WorkflowDefinition definition;
    private final StepEdges needs;
    private final StepEdges dependents;
    private final StepTraits traits;
    private final StepLinks links;
    private final StepRoles roles;

    WorkflowPlan(
            final WorkflowDefinition definition,
            final int[][] needs,
            final int[][] dependents,
            final StepLinks links,
            final StepRoles roles) {
        this.definition = definition;
        this.needs = new StepEdges(needs);
        this.dependents = new StepEdges(dependents);
        this.traits = new StepTraits(definition.steps());
        this.links = links;
        this.roles = roles;
    }

    /** What it was made from. */
    public WorkflowDefinition definition() {
        return definition;
    }

    /** Number of steps. */
    public int stepCount() {
        return needs.steps();
    }

    /** The step at an index. */
    public StepDefinition step(final int index) {
        return definition.steps().get(index);
    }

    /** How many steps a step needs. */
    public int needCount(final int index) {
        return needs.count(index);
    }

    /** Index of need number {@code i} of a step. */
    public int need(final int index, final int i) {
        return needs.at(index, i);
    }

    /** How many steps need a step. */
    public int dependentCount(final int index) {
        return dependents.count(index);
    }

    /** Index of the dependent number {@code i} of a step. */
    public int dependent(final int index, final int i) {
        return dependents.at(index, i);
    }

    /** How many limits a step uses. */
    public int useCount(final int index) {
        return traits.isLimited(index) ? links.limits()[index].length : 0;
    }

    /** Index, in the definition, of limit number {@code i} that a step uses. */
    public int usedLimit(final int index, final int i) {
        return links.limits()[index][i];
    }

    /** Units that a step takes of limit number {@code i} that it uses. */
    public int usedUnits(final int index, final int i) {
        return links.units()[index][i];
    }

    /** Index of the step whose end starts the time of a gate, or -1 for the start of the run. */
    public int timerFrom(final int index) {
        return links.timerFrom()[index];
    }

    /** Index of the step that undoes a step, or -1. */
    public int compensation(final int index) {
        return links.compensation()[index];
    }

    /** Index of the step that a step undoes, or -1. */
    public int undoes(final int index) {
        return roles.undoes()[index];
    }

    /** The step at place {@code i} of an order in which every step stands after those it needs. */
    public int ordered(final int i) {
        return roles.order()[i];
    }

    /** Whether the run has not failed when this step fails: its dependents run nevertheless, or gates judge it. */
    public boolean absorbsFailure(final int index) {
        return StepRoles.isAbsorbed(step(index).onFailure(), roles.judged()[index]);
    }

    /** Whether nothing but gates of other rules than {@link GateRule#ALL} come after it, directly or in the end. */
    public boolean isJudged(final int index) {
        return roles.judged()[index];
    }

    /** The higher goes first among ready steps. */
    int priority(final int index) {
        return roles.priority()[index];
    }

    /** Gates whose time limit the end of a step starts. */
    int[] timed(final int index) {
        return roles.timed()[index];
    }

    boolean hasGates() {
        return roles.hasGates();
    }

    boolean isGate(final int index) {
        return traits.isGate(index);
    }

    boolean isExternal(final int index) {
        return traits.isExternal(index);
    }

    boolean judgesNeeds(final int index) {
        return traits.judgesNeeds(index);
    }

    boolean isPlaced(final int index) {
        return traits.isPlaced(index);
    }

    /** As {@link StepDefinition#timeoutNs}. */
    long timeoutNs(final int index) {
        return traits.timeoutNs(index);
    }

    /** As {@link Scheduling#leaseNs}. */
    long leaseNs(final int index) {
        return traits.isLeased(index) ? step(index).scheduling().leaseNs() : 0;
    }
}
