package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
     * @param needs indexes of the instances that must end before it, without repetition, in the order of the step's needs
     */
    public record PlannedStep(
            int index,
            String id,
            Step step,
            OptionalInt foreachIndex,
            Optional<JsonNode> foreachItem,
            List<Integer> needs) {
        /** Copies the list. */
        public PlannedStep {
            needs = List.copyOf(needs);
        }
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
        final Map<String, List<JsonNode>> items = new LinkedHashMap<>();
        final Map<String, Integer> firstIndexes = new LinkedHashMap<>();
        final Map<String, Integer> counts = new LinkedHashMap<>();
        int next = 0;
        for (final Step step : workflow.steps()) {
            step.foreach().ifPresent(foreach -> items.put(step.id(), items(step, foreach, inputs)));
            final int count =
                    items.containsKey(step.id()) ? items.get(step.id()).size() : 1;
            firstIndexes.put(step.id(), next);
            counts.put(step.id(), count);
            next += count;
            if (next > Limits.STEPS_MAX) {
                throw new PlanException("workflow '" + workflow.name() + "' has more than " + Limits.STEPS_MAX
                        + " steps after 'foreach' is expanded, the limit is reached in step '" + step.id()
                        + "'; give its foreach fewer items");
            }
        }
        final Map<String, List<Integer>> standIns = new Needs(workflow, firstIndexes, counts).standIns();
        return new Plan(instances(workflow, items, standIns));
    }

    private static List<PlannedStep> instances(
            final WorkflowFile workflow,
            final Map<String, List<JsonNode>> items,
            final Map<String, List<Integer>> standIns) {
        final List<PlannedStep> planned = new ArrayList<>();
        long edges = 0;
        for (final Step step : workflow.steps()) {
            final Set<Integer> needs = new LinkedHashSet<>();
            step.needs().forEach(need -> needs.addAll(standIns.get(need)));
            final List<Integer> ordered = List.copyOf(needs);
            final List<JsonNode> own = items.get(step.id());
            edges += (long) ordered.size() * (own == null ? 1 : own.size());
            if (edges > Limits.NEEDS_MAX) {
                throw new PlanException("workflow '" + workflow.name() + "' has more than " + Limits.NEEDS_MAX
                        + " needs between steps after 'foreach' is expanded, the limit is reached in step '" + step.id()
                        + "'; put one step without foreach between the two lists");
            }
            if (own == null) {
                planned.add(new PlannedStep(
                        planned.size(), step.id(), step, OptionalInt.empty(), Optional.empty(), ordered));
            } else {
                for (int i = 0; i < own.size(); i++) {
                    planned.add(new PlannedStep(
                            planned.size(),
                            step.id() + "[" + i + "]",
                            step,
                            OptionalInt.of(i),
                            Optional.of(own.get(i)),
                            ordered));
                }
            }
        }
        return planned;
    }

    private static List<JsonNode> items(final Step step, final Foreach foreach, final JsonNode inputs) {
        if (foreach instanceof Foreach.Items literal) {
            return literal.items();
        }
        final Placeholder.InputValue reference = ((Foreach.FromInput) foreach).reference();
        final String shown = "${" + reference.text() + "}";
        JsonNode list = inputs.get(reference.name());
        for (final String segment : reference.path()) {
            list = list == null ? null : PlaceholderResolver.child(list, segment);
        }
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
