package io.signalbox.kernel.workflow;

/** What the members of a gate have decided. Pure. */
enum Verdict {
    /** Nothing yet. */
    OPEN,
    /** It has succeeded. */
    SUCCEEDED,
    /** It has failed. */
    FAILED,
    /** All its members were skipped. */
    SKIPPED,
    /** No member was left that mattered. */
    SUPERFLUOUS;

    /** What the members that have ended say. */
    static Verdict of(final WorkflowRun run, final int gate) {
        final GateTally tally = run.tally;
        final int members = run.plan.needCount(gate);
        final int open = run.unmetNeeds[gate];
        final Gate rules = run.plan.step(gate).gate();
        if (open == 0 && tally.idle(gate) == members) {
            return tally.superfluous(gate) > 0 ? SUPERFLUOUS : SKIPPED;
        }
        if (open > 0 && (rules.superfluous() == Superfluous.AWAIT || tally.idle(gate) == members - open)) {
            return OPEN;
        }
        return switch (rules.rule()) {
            case ALL -> tally.harmed(gate) > 0 ? FAILED : open == 0 ? SUCCEEDED : OPEN;
            case FIRST, MAJORITY, QUORUM -> {
                final int required = required(rules, members);
                final int succeeded = tally.succeeded(gate);
                yield succeeded >= required ? SUCCEEDED : succeeded + open < required ? FAILED : OPEN;
            }
            case BEST_EFFORT -> open == 0 ? SUCCEEDED : OPEN;
            case COMPETITIVE -> open > 0 ? OPEN : best(run, gate) >= 0 ? SUCCEEDED : FAILED;
        };
    }

    /** What the members that have ended say when there is no time for the others. */
    static Verdict atTimeout(final WorkflowRun run, final int gate) {
        final Gate rules = run.plan.step(gate).gate();
        final boolean hasSucceeded =
                switch (rules.rule()) {
                    case ALL -> false;
                    case FIRST, MAJORITY, QUORUM ->
                        run.tally.succeeded(gate) >= required(rules, run.plan.needCount(gate));
                    case BEST_EFFORT -> true;
                    case COMPETITIVE -> best(run, gate) >= 0;
                };
        return hasSucceeded ? SUCCEEDED : FAILED;
    }

    /** Successes that a rule wants of so many members. */
    private static int required(final Gate rules, final int members) {
        return switch (rules.rule()) {
            case FIRST -> 1;
            case MAJORITY -> members / 2 + 1;
            case ALL, QUORUM, BEST_EFFORT, COMPETITIVE -> rules.required();
        };
    }

    /** Index of the member that has won a gate which succeeds now, -1 for a rule that knows no winner. */
    static int winner(final WorkflowRun run, final int gate) {
        return switch (run.plan.step(gate).gate().rule()) {
            case FIRST -> first(run, gate);
            case COMPETITIVE -> best(run, gate);
            case ALL, MAJORITY, QUORUM, BEST_EFFORT -> -1;
        };
    }

    private static int first(final WorkflowRun run, final int gate) {
        int first = -1;
        for (int i = 0; i < run.plan.needCount(gate); i++) {
            final int member = run.plan.need(gate, i);
            if (run.state(member) == StepState.SUCCEEDED
                    && (first < 0 || run.endOrders[member] < run.endOrders[first])) {
                first = member;
            }
        }
        return first;
    }

    private static int best(final WorkflowRun run, final int gate) {
        final long least = Math.round(run.plan.step(gate).gate().qualityMin() * WorkflowRun.QUALITY_MAX);
        int best = -1;
        for (int i = 0; i < run.plan.needCount(gate); i++) {
            final int member = run.plan.need(gate, i);
            if (run.state(member) == StepState.SUCCEEDED
                    && run.qualities[member] >= least
                    && (best < 0 || run.qualities[member] > run.qualities[best])) {
                best = member;
            }
        }
        return best;
    }
}
