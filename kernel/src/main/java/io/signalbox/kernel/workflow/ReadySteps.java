package io.signalbox.kernel.workflow;

/**
 * The steps of a run that wait for a place, by priority and then by the order in which they became ready. A step that a limit blocks waits in the line of
 * that limit, where nobody overtakes it, and blocks nobody who does not use that limit.
 */
final class ReadySteps {
    private final WorkflowPlan plan;
    private final Allowance limits;
    private final int[] order;
    private final int[] lineOf;
    private final StepHeap[] lines;
    private final LimitLines heads;
    private int nextOrder = 1;

    ReadySteps(final WorkflowPlan plan, final Allowance limits) {
        this.plan = plan;
        this.limits = limits;
        order = new int[plan.stepCount()];
        lineOf = new int[plan.stepCount()];
        final int[] places = new int[plan.stepCount()];
        lines = new StepHeap[limits.count() + 1];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new StepHeap(this::precedes, places);
        }
        heads = new LimitLines(limits, this, this::precedes, plan.stepCount());
    }

    private boolean precedes(final int step, final int other) {
        final int priority = plan.priority(step);
        final int otherPriority = plan.priority(other);
        return priority != otherPriority ? priority > otherPriority : order[step] < order[other];
    }

    /** A step has become ready. */
    void add(final int step) {
        order[step] = nextOrder++;
        lineOf[step] = 0;
        lines[0].add(step);
    }

    /** A step waits for units of a limit from now on. */
    void block(final int step, final int limit) {
        remove(step);
        lineOf[step] = limit + 1;
        lines[limit + 1].add(step);
        if (lines[limit + 1].first() == step) {
            heads.reconsider(limit);
        }
    }

    /** A step waits no more. */
    void remove(final int step) {
        final int line = lineOf[step];
        final boolean wasFirst = line > 0 && lines[line].first() == step;
        if (wasFirst) {
            heads.forget(line - 1);
        }
        lines[line].remove(step);
        lineOf[step] = 0;
        if (wasFirst) {
            heads.reconsider(line - 1);
        }
    }

    /** Units of a step's limits have come back. */
    void givenBack(final int step) {
        for (int i = 0; i < plan.useCount(step); i++) {
            heads.reconsider(plan.usedLimit(step, i));
        }
    }

    /** The step that goes next: the first of those that nothing is known to block, and of those at the head of a line for which there are units now; -1 for none. */
    int next(final long nowNs) {
        final int free = lines[0].first();
        final int head = heads.next(nowNs);
        return head < 0 || free >= 0 && precedes(free, head) ? free : head;
    }

    /** The first of a step's limits that has not enough units for it, or where somebody stands before it; -1 when it can go. */
    int blocker(final int step, final long nowNs) {
        for (int i = 0; i < plan.useCount(step); i++) {
            final int limit = plan.usedLimit(step, i);
            final int head = lines[limit + 1].first();
            if ((head >= 0 && head != step && precedes(head, step))
                    || !limits.fits(limit, plan.usedUnits(step, i), nowNs)) {
                return limit;
            }
        }
        return -1;
    }

    /** The step at the head of a limit's line, or -1. */
    int head(final int limit) {
        return lines[limit + 1].first();
    }

    /** Units that a step takes of a limit. */
    int units(final int step, final int limit) {
        int i = 0;
        while (plan.usedLimit(step, i) != limit) {
            i++;
        }
        return plan.usedUnits(step, i);
    }

    /** Number in the order of becoming ready, 0 before the first time. */
    int order(final int step) {
        return order[step];
    }

    /** The limit that a ready step waits for, or -1. */
    int blockedBy(final int step) {
        return lineOf[step] - 1;
    }
}
