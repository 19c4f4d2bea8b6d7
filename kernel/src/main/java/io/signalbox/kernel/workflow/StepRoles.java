package io.signalbox.kernel.workflow;

import java.util.Arrays;
import java.util.List;

/**
 * What each step is to the others, worked out once. Immutable once made.
 *
 * @param order every step after those it needs.
 * @param timed by step: the gates whose time limit its end starts.
 * @param undoes by step: index of the step it undoes, or -1.
 * @param judged by step: whether only gates that judge, or what leads to nothing but such gates, need it, so that its failure is theirs to judge.
 * @param priority by step.
 * @param hasGates whether any step is a gate.
 */
record StepRoles(int[] order, int[][] timed, int[] undoes, boolean[] judged, int[] priority, boolean hasGates) {
    private static final int[] NONE = {};

    static StepRoles of(
            final List<StepDefinition> steps, final StepLinks links, final int[][] dependents, final int[] order) {
        final int[] undoes = new int[order.length];
        final int[] priority = new int[order.length];
        final boolean[] judged = new boolean[order.length];
        boolean hasGates = false;
        Arrays.fill(undoes, -1);
        for (int i = order.length - 1; i >= 0; i--) {
            final int step = order[i];
            priority[step] = steps.get(step).scheduling().priority();
            hasGates |= steps.get(step).kind() == StepKind.GATE;
            if (links.compensation()[step] >= 0) {
                undoes[links.compensation()[step]] = step;
            }
            judged[step] = isJudged(steps, dependents[step], judged);
        }
        return new StepRoles(order, timed(links.timerFrom()), undoes, judged, priority, hasGates);
    }

    private static boolean isJudged(final List<StepDefinition> steps, final int[] dependents, final boolean[] judged) {
        for (final int dependent : dependents) {
            final StepDefinition step = steps.get(dependent);
            final boolean judges = step.kind() == StepKind.GATE
                    ? step.gate().rule() != GateRule.ALL || isAbsorbed(step.onFailure(), judged[dependent])
                    : judged[dependent];
            if (!judges) {
                return false;
            }
        }
        return dependents.length > 0;
    }

    /** Whether the run has not failed by the failure of a step. */
    static boolean isAbsorbed(final OnFailure onFailure, final boolean isJudged) {
        return onFailure == OnFailure.RUN_DEPENDENTS || (onFailure != OnFailure.COMPENSATE && isJudged);
    }

    private static int[][] timed(final int[] timerFrom) {
        final int[] counts = new int[timerFrom.length];
        for (final int from : timerFrom) {
            if (from >= 0) {
                counts[from]++;
            }
        }
        final int[][] timed = new int[timerFrom.length][];
        for (int i = 0; i < timed.length; i++) {
            timed[i] = counts[i] == 0 ? NONE : new int[counts[i]];
        }
        for (int gate = 0; gate < timerFrom.length; gate++) {
            if (timerFrom[gate] >= 0) {
                timed[timerFrom[gate]][--counts[timerFrom[gate]]] = gate;
            }
        }
        return timed;
    }
}
