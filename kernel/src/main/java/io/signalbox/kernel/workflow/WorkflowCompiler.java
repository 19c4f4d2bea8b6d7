package io.signalbox.kernel.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Definition to plan: names become indexes, and what could never run is refused. Pure. */
public final class WorkflowCompiler {
    /** Steps that one definition may have. */
    public static final int STEPS_MAX = 1_000_000;

    private static final int CYCLE_TEXT_LENGTH_MAX = 2000;

    private WorkflowCompiler() {}

    /**
     * Check a definition and link its steps.
     *
     * @throws InvalidWorkflowException when it has no step, too many, two of one id, an unknown need, a cycle, a gate that can never open, or
     *     a limit, timer or compensation that points to nothing.
     */
    public static WorkflowPlan compile(final WorkflowDefinition definition) {
        final List<StepDefinition> steps = definition.steps();
        if (steps.isEmpty() || steps.size() > STEPS_MAX) {
            throw new InvalidWorkflowException(
                    "workflow '" + definition.name() + "': expected 1 to " + STEPS_MAX + " steps, got " + steps.size());
        }
        final Map<String, Integer> indexById = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            final String id = steps.get(i).id();
            final Integer first = indexById.putIfAbsent(id, i);
            if (first != null) {
                throw new InvalidWorkflowException("two steps are called '" + id + "': number " + (first + 1)
                        + " and number " + (i + 1) + "; give one of them another id");
            }
        }
        final int[][] needs = new int[steps.size()][];
        final int[] neededBy = new int[steps.size()];
        Arrays.fill(neededBy, -1);
        for (int i = 0; i < needs.length; i++) {
            needs[i] = indexes(i, steps.get(i), indexById, neededBy);
        }
        final int[][] dependents = invert(needs);
        final int[] order = order(steps, needs, dependents);
        final StepLinks links = StepLinks.link(definition, indexById, needs, dependents);
        return new WorkflowPlan(
                definition, needs, dependents, links, StepRoles.of(steps, links, dependents, order));
    }

    /** Indexes of a step's needs, each once; {@code neededBy} holds for each step the last one that was seen to need it. */
    private static int[] indexes(
            final int self, final StepDefinition step, final Map<String, Integer> indexById, final int[] neededBy) {
        final int[] indexes = new int[step.needs().size()];
        int count = 0;
        for (final String need : step.needs()) {
            final Integer index = indexById.get(need);
            if (index == null) {
                throw new InvalidWorkflowException(
                        "step '" + step.id() + "' needs '" + need + "', which is not a step");
            }
            if (neededBy[index] != self) {
                neededBy[index] = self;
                indexes[count++] = index;
            }
        }
        return Arrays.copyOf(indexes, count);
    }

    private static int[][] invert(final int[][] needs) {
        final int[] counts = new int[needs.length];
        for (final int[] ofStep : needs) {
            for (final int need : ofStep) {
                counts[need]++;
            }
        }
        final int[][] dependents = new int[needs.length][];
        for (int i = 0; i < needs.length; i++) {
            dependents[i] = new int[counts[i]];
        }
        final int[] filled = new int[needs.length];
        for (int i = 0; i < needs.length; i++) {
            for (final int need : needs[i]) {
                dependents[need][filled[need]++] = i;
            }
        }
        return dependents;
    }

    /** Kahn's algorithm ("Topological sorting of large networks", 1962); what is left over holds a cycle. */
    private static int[] order(final List<StepDefinition> steps, final int[][] needs, final int[][] dependents) {
        final int[] order = new int[needs.length];
        final int[] remaining = new int[needs.length];
        final ArrayDeque<Integer> free = new ArrayDeque<>();
        for (int i = 0; i < needs.length; i++) {
            remaining[i] = needs[i].length;
            if (remaining[i] == 0) {
                free.add(i);
            }
        }
        int sorted = 0;
        while (!free.isEmpty()) {
            order[sorted] = free.remove();
            for (final int dependent : dependents[order[sorted++]]) {
                if (--remaining[dependent] == 0) {
                    free.add(dependent);
                }
            }
        }
        if (sorted < needs.length) {
            throw new InvalidWorkflowException("the steps form a cycle: " + cycle(steps, needs, remaining));
        }
        return order;
    }

    private static String cycle(final List<StepDefinition> steps, final int[][] needs, final int[] remaining) {
        int at = 0;
        while (remaining[at] == 0) {
            at++;
        }
        final List<Integer> path = new ArrayList<>();
        final boolean[] visited = new boolean[needs.length];
        while (!visited[at]) {
            visited[at] = true;
            path.add(at);
            for (final int need : needs[at]) {
                if (remaining[need] > 0) {
                    at = need;
                    break;
                }
            }
        }
        final StringBuilder text = new StringBuilder(steps.get(at).id());
        final int first = path.indexOf(at);
        for (int i = path.size() - 1; i >= first; i--) {
            if (text.length() > CYCLE_TEXT_LENGTH_MAX) {
                return text.append(" -> ... (")
                        .append(path.size() - first)
                        .append(" steps)")
                        .toString();
            }
            text.append(" -> ").append(steps.get(path.get(i)).id());
        }
        return text.toString();
    }
}
