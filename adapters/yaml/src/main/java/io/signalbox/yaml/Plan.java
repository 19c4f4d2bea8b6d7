package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * The step instances of one run: what a workflow file becomes when its inputs are known. Pure: the same file and inputs always
 * give the same plan. A {@code foreach} step whose items other steps come to is one step in it, which is {@linkplain #opened opened} when they are known.
 *
 * @param steps the instances in declared order, those of one {@code foreach} step beside each other in input order; needs may
 *     point forwards, but never form a cycle
 */
public record Plan(List<PlannedStep> steps) {

    /**
     * One step instance.
     *
     * @param index its place in {@link Plan#steps()}
     * @param id the step's id, with {@code [index]} behind it for an instance of a {@code foreach} step
     * @param step what it is an instance of
     * @param foreachIndex its index among the instances of its step, from 0; empty without {@code foreach}
     * @param foreachItem its item, for reading only; empty without {@code foreach}
     * @param needs indexes of the instances that must end before it, without repetition, in the order of the step's needs; of a gate: its
     *     members
     * @param gate how its members decide it, if it is a gate
     * @param undoes id of the instance that it undoes; empty for a step of the way forward
     * @param isOpened whether it is a {@code foreach} step whose items became known on the way, so that its instances stand in the plan too
     */
    public record PlannedStep(
            int index,
            String id,
            Step step,
            OptionalInt foreachIndex,
            Optional<JsonNode> foreachItem,
            List<Integer> needs,
            Optional<Run.Gate> gate,
            String undoes,
            boolean isOpened) {
        /** Copies the list. */
        public PlannedStep {
            needs = List.copyOf(needs);
        }

        /** A {@code foreach} step whose items other steps come to: it goes on as a run of its own, of one step for each item. */
        public boolean isOpen() {
            return step.foreach().isPresent() && foreachIndex.isEmpty() && !isGate();
        }

        private PlannedStep opened() {
            return new PlannedStep(index, id, step, foreachIndex, foreachItem, needs, gate, undoes, true);
        }

        /** Whether its members decide it. */
        public boolean isGate() {
            return gate.isPresent();
        }

        /** Whether a process executes it. */
        public boolean isTask() {
            return !isGate() && !step.isApproval() && !isOpen();
        }
    }

    /** The instance with this id, if there is one. */
    public Optional<PlannedStep> step(final String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** Copies the list. */
    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * Expand every {@code foreach} whose items are known. A step that needs one without items waits for what that one needs instead, so
     * that order is kept through it.
     *
     * @param inputs as {@link Inputs#resolve} gives them
     * @throws PlanException if a {@code foreach} finds no list, or a limit is passed
     */
    public static Plan of(final WorkflowFile workflow, final JsonNode inputs) {
        final PlanInputs known = new PlanInputs(workflow, inputs);
        final Map<String, List<JsonNode>> items = new LinkedHashMap<>();
        final Map<String, Integer> counts = new LinkedHashMap<>();
        long total = 0;
        for (final Step step : workflow.steps()) {
            step.foreach().flatMap(foreach -> known.items(step, foreach)).ifPresent(found -> {
                items.put(step.id(), found);
                counts.put(step.id(), found.size());
            });
            total += counts.getOrDefault(step.id(), 1);
            if (total > Limits.STEPS_MAX) {
                throw new PlanException("workflow '" + workflow.name() + "' has more than " + Limits.STEPS_MAX
                        + " steps after 'foreach' is expanded, the limit is reached in step '" + step.id()
                        + "'; give its foreach fewer items");
            }
        }
        return new Plan(new Expansion(workflow, items, new Needs(workflow, counts)).instances());
    }

    /**
     * The instances of an open step, and what decides them, in a plan of their own: their needs have ended.
     *
     * @param items what {@link ForeachItems#of} gives, at least one
     */
    public static Plan of(final PlannedStep open, final List<JsonNode> items) {
        return new Plan(Expansion.of(open, items, List.of(), 0));
    }

    /**
     * The same plan with the instances of an open step behind all that is there; so no step gets another index. The step itself stays for what needs
     * it.
     */
    public Plan opened(final PlannedStep open, final List<JsonNode> items) {
        final List<PlannedStep> more = new ArrayList<>(steps);
        more.set(open.index(), open.opened());
        more.addAll(Expansion.of(open, items, open.needs(), steps.size()));
        return new Plan(more);
    }
}
