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
 * give the same plan.
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
     */
    public record PlannedStep(
            int index,
            String id,
            Step step,
            OptionalInt foreachIndex,
            Optional<JsonNode> foreachItem,
            List<Integer> needs,
            Optional<Run.Gate> gate,
            String undoes) {
        /** Copies the list. */
        public PlannedStep {
            needs = List.copyOf(needs);
        }

        /** Whether its members decide it. */
        public boolean isGate() {
            return gate.isPresent();
        }

        /** Whether a process executes it. */
        public boolean isTask() {
            return !isGate() && !step.isApproval();
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
     * Expand every {@code foreach}. A step that needs one without items waits for what that one needs instead, so that order
     * is kept through it.
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
            step.foreach().ifPresent(foreach -> {
                items.put(step.id(), items(step, foreach, known));
                counts.put(step.id(), items.get(step.id()).size());
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

    private static List<JsonNode> items(final Step step, final Foreach foreach, final PlanInputs inputs) {
        if (foreach instanceof Foreach.Items literal) {
            return literal.items();
        }
        final Placeholder.InputValue reference = ((Foreach.FromInput) foreach).reference();
        final String shown = "${" + reference.text() + "}";
        final JsonNode list = inputs.value(reference, step);
        if (list == null || !list.isArray()) {
            throw new PlanException("'foreach' of step '" + step.id() + "' needs a list, " + shown
                    + (list == null ? " is not there" : " is " + JsonText.describe(list))
                    + "; give the input a JSON array");
        }
        if (list.size() > Limits.FOREACH_ITEMS_MAX) {
            throw new PlanException("'foreach' of step '" + step.id() + "' has at most " + Limits.FOREACH_ITEMS_MAX
                    + " items, " + shown + " has " + list.size() + "; give it fewer");
        }
        final List<JsonNode> items = new ArrayList<>();
        list.forEach(item -> items.add(item.deepCopy()));
        return items;
    }
}
