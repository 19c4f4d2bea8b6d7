package io.signalbox.kernel.workflow;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * Who stands first in the lines of a run's limits, as far as they may go. Of a line whose first was found to have not enough units nothing is asked any more until one of
 * three things has happened: units have come back, the rate has had its time, or another stands first. So to find who goes next costs what can go on, and not
 * what waits.
 */
final class LimitLines {
    private static final int NOBODY = -1;

    /** A line that is asked again when the rate of its limit has had its time. */
    private record Rest(long untilNs, int limit) implements Comparable<Rest> {
        @Override
        public int compareTo(final Rest other) {
            return untilNs == other.untilNs
                    ? Integer.compare(limit, other.limit)
                    : Long.compare(untilNs, other.untilNs);
        }
    }

    private final Allowance limits;
    private final ReadySteps steps;
    private final StepHeap hopeful;
    private final int[] hopefulOf;
    private final TreeSet<Rest> resting = new TreeSet<>();
    private final Rest[] restOf;

    LimitLines(final Allowance limits, final ReadySteps steps, final StepHeap.Order order, final int stepCount) {
        this.limits = limits;
        this.steps = steps;
        hopeful = new StepHeap(order, new int[limits.count() == 0 ? 0 : stepCount]);
        hopefulOf = new int[limits.count()];
        Arrays.fill(hopefulOf, NOBODY);
        restOf = new Rest[limits.count()];
    }

    /** Somebody else may stand first in the line of a limit, or units of it have come back: it is asked again. */
    void reconsider(final int limit) {
        forget(limit);
        final int head = steps.head(limit);
        if (head >= 0) {
            hopeful.add(head);
            hopefulOf[limit] = head;
        }
    }

    /** The line is no longer asked. */
    void forget(final int limit) {
        if (hopefulOf[limit] >= 0) {
            hopeful.remove(hopefulOf[limit]);
            hopefulOf[limit] = NOBODY;
        }
        if (restOf[limit] != null) {
            resting.remove(restOf[limit]);
            restOf[limit] = null;
        }
    }

    /** The first of those at the heads of lines for which there are units now; -1 for none. */
    int next(final long nowNs) {
        while (!resting.isEmpty() && resting.first().untilNs <= nowNs) {
            reconsider(resting.first().limit);
        }
        int step = hopeful.first();
        while (step >= 0) {
            final int limit = steps.blockedBy(step);
            if (limits.fits(limit, steps.units(step, limit), nowNs)) {
                return step;
            }
            rest(limit, step, nowNs);
            step = hopeful.first();
        }
        return NOBODY;
    }

    private void rest(final int limit, final int step, final long nowNs) {
        forget(limit);
        final int units = steps.units(step, limit);
        if (!limits.hasTokens(limit, units, nowNs)) {
            restOf[limit] = new Rest(limits.hasTokensAtNs(limit, units), limit);
            resting.add(restOf[limit]);
        }
    }
}
