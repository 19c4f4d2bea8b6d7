package io.signalbox.kernel.workflow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What steps refer to beside their needs, as indexes: limits, the step that starts a gate's time, compensations. Immutable once made.
 *
 * @param limits by step: indexes of the limits it uses.
 * @param units by step: how many units of each.
 * @param timerFrom by step: index of the step whose end starts the gate's time, or -1.
 * @param compensation by step: index of the step that undoes it, or -1.
 */
record StepLinks(int[][] limits, int[][] units, int[] timerFrom, int[] compensation) {
    private static final int[] NONE = {};

    /**
     * @throws InvalidWorkflowException when something points to nothing or contradicts itself.
     */
    static StepLinks link(
            final WorkflowDefinition definition,
            final Map<String, Integer> indexById,
            final int[][] needs,
            final int[][] dependents) {
        final List<StepDefinition> steps = definition.steps();
        final Map<String, Integer> limitByName = limits(definition.limits());
        final int[][] limits = new int[steps.size()][];
        final int[][] units = new int[steps.size()][];
        final int[] timerFrom = new int[steps.size()];
        final int[] compensation = new int[steps.size()];
        Arrays.fill(compensation, -1);
        for (int i = 0; i < limits.length; i++) {
            final StepDefinition step = steps.get(i);
            requireSound(step, needs[i].length);
            timerFrom[i] = timerFrom(step, i, indexById);
            final List<LimitUse> uses = step.scheduling().uses();
            limits[i] = uses.isEmpty() ? NONE : new int[uses.size()];
            units[i] = uses.isEmpty() ? NONE : new int[uses.size()];
            for (int u = 0; u < uses.size(); u++) {
                limits[i][u] = limit(definition, step, uses.get(u), limitByName);
                units[i][u] = uses.get(u).units();
                requireOnce(step, limits[i], u);
            }
            if (step.isCompensation()) {
                compensate(steps, i, indexById, dependents, compensation);
            }
        }
        return new StepLinks(limits, units, timerFrom, compensation);
    }

    private static Map<String, Integer> limits(final List<LimitDefinition> limits) {
        final Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < limits.size(); i++) {
            require(
                    byName.put(limits.get(i).name(), i) == null,
                    "two limits are called '" + limits.get(i).name() + "'");
        }
        return byName;
    }

    private static void requireSound(final StepDefinition step, final int members) {
        final String name = "step '" + step.id() + "'";
        if (step.kind() != StepKind.TASK) {
            require(
                    step.retry().retriesMax() == 0
                            && step.scheduling().uses().isEmpty()
                            && step.scheduling().leaseNs() == 0
                            && step.scheduling().placement().isAnybody(),
                    name + " is for no worker (" + step.kind() + "), so it has no retries, limits, lease or placement");
        }
        if (step.kind() == StepKind.GATE) {
            require(members > 0, name + " is a gate and needs at least one member");
            require(
                    step.gate().required() <= members,
                    name + " requires " + step.gate().required() + " successes of " + members + " members");
            require(!step.isCompensation(), name + " is a gate and cannot undo '" + step.compensates() + "'");
        } else {
            require(step.gate().equals(Gate.NONE), name + " is no gate (" + step.kind() + ") but has a gate's rule");
        }
    }

    private static int timerFrom(final StepDefinition step, final int self, final Map<String, Integer> indexById) {
        final String from = step.gate().timerFrom();
        if (from.isEmpty()) {
            return -1;
        }
        final Integer index = indexById.get(from);
        require(index != null, "the time of gate '" + step.id() + "' counts from '" + from + "', which is not a step");
        require(index != self, "the time of gate '" + step.id() + "' counts from its own end");
        return index;
    }

    private static int limit(
            final WorkflowDefinition definition,
            final StepDefinition step,
            final LimitUse use,
            final Map<String, Integer> limitByName) {
        final Integer index = limitByName.get(use.limit());
        require(index != null, "step '" + step.id() + "' uses '" + use.limit() + "', which is not a limit");
        final LimitDefinition limit = definition.limits().get(index);
        final boolean fits = (limit.capacity() == 0 || use.units() <= limit.capacity())
                && (limit.ratePerPeriod() == 0 || use.units() <= limit.ratePerPeriod());
        require(
                fits,
                "step '" + step.id() + "' uses " + use.units() + " units of limit '" + use.limit() + "', which has "
                        + limit.capacity() + " and a rate of " + limit.ratePerPeriod() + ": it could never start");
        return index;
    }

    private static void requireOnce(final StepDefinition step, final int[] limits, final int last) {
        for (int u = 0; u < last; u++) {
            require(
                    limits[u] != limits[last],
                    "step '" + step.id() + "' uses limit '"
                            + step.scheduling().uses().get(last).limit() + "' twice; add up the units");
        }
    }

    private static void compensate(
            final List<StepDefinition> steps,
            final int self,
            final Map<String, Integer> indexById,
            final int[][] dependents,
            final int[] compensation) {
        final StepDefinition step = steps.get(self);
        final String name = "step '" + step.id() + "'";
        final Integer undone = indexById.get(step.compensates());
        require(undone != null, name + " undoes '" + step.compensates() + "', which is not a step");
        final StepDefinition target = steps.get(undone);
        require(
                !target.isCompensation() && target.kind() != StepKind.GATE,
                name + " undoes '" + target.id() + "', which is "
                        + (target.isCompensation() ? "a compensation itself" : "a gate"));
        require(step.needs().isEmpty(), name + " undoes '" + target.id() + "', so it has no needs");
        require(dependents[self].length == 0, name + " undoes '" + target.id() + "', so no step can need it");
        require(
                compensation[undone] < 0,
                "two steps undo '" + target.id() + "': '"
                        + (compensation[undone] < 0
                                ? ""
                                : steps.get(compensation[undone]).id()) + "' and '" + step.id() + "'");
        compensation[undone] = self;
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new InvalidWorkflowException(message);
        }
    }
}
