package io.signalbox.kernel.workflow;

import io.signalbox.kernel.store.DigestSink;
import java.util.Arrays;
import java.util.List;

/**
 * What is left of a run's limits. Units of a capacity come back when the attempt is no longer in flight. Units of a rate come back one by one, each
 * {@code periodNs / ratePerPeriod} of kernel time, up to {@code ratePerPeriod}.
 */
final class RunLimits implements Allowance {
    private final WorkflowPlan plan;
    private final List<LimitDefinition> definitions;
    private final int[] inUse;
    private final int[] tokens;
    private final long[] asOfNs;

    RunLimits(final WorkflowPlan plan, final long startedNs) {
        this.plan = plan;
        definitions = plan.definition().limits();
        inUse = new int[definitions.size()];
        tokens = new int[definitions.size()];
        asOfNs = new long[definitions.size()];
        Arrays.fill(asOfNs, startedNs);
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = definitions.get(i).ratePerPeriod();
        }
    }

    @Override
    public int count() {
        return inUse.length;
    }

    @Override
    public boolean fits(final int limit, final int units, final long nowNs) {
        final LimitDefinition definition = definitions.get(limit);
        return (definition.capacity() == 0 || inUse[limit] + units <= definition.capacity())
                && hasTokens(limit, units, nowNs);
    }

    @Override
    public boolean hasTokens(final int limit, final int units, final long nowNs) {
        final LimitDefinition definition = definitions.get(limit);
        return definition.ratePerPeriod() == 0
                || tokens[limit] + gained(limit, nowNs) >= Math.min(units, definition.ratePerPeriod());
    }

    @Override
    public long hasTokensAtNs(final int limit, final int units) {
        final long missing = (long) units - tokens[limit];
        final long stepNs = stepNs(limit);
        return missing > (Long.MAX_VALUE - 1 - asOfNs[limit]) / stepNs
                ? Long.MAX_VALUE - 1
                : asOfNs[limit] + missing * stepNs;
    }

    private long stepNs(final int limit) {
        final LimitDefinition definition = definitions.get(limit);
        return Math.max(1, definition.periodNs() / definition.ratePerPeriod());
    }

    private long gained(final int limit, final long nowNs) {
        return (nowNs - asOfNs[limit]) / stepNs(limit);
    }

    /** Count in the units that have come back by now. */
    void refill(final int limit, final long nowNs) {
        final int most = definitions.get(limit).ratePerPeriod();
        if (most == 0) {
            return;
        }
        final long gained = gained(limit, nowNs);
        if (tokens[limit] + gained >= most) {
            tokens[limit] = most;
            asOfNs[limit] = nowNs;
        } else {
            tokens[limit] += (int) gained;
            asOfNs[limit] += gained * stepNs(limit);
        }
    }

    /** An attempt of a step goes into flight. */
    void take(final int step, final long nowNs) {
        for (int i = 0; i < plan.useCount(step); i++) {
            final int limit = plan.usedLimit(step, i);
            refill(limit, nowNs);
            inUse[limit] += plan.usedUnits(step, i);
            if (definitions.get(limit).ratePerPeriod() > 0) {
                tokens[limit] -= plan.usedUnits(step, i);
            }
        }
    }

    /** An attempt of a step is no longer in flight. */
    void giveBack(final int step) {
        for (int i = 0; i < plan.useCount(step); i++) {
            inUse[plan.usedLimit(step, i)] -= plan.usedUnits(step, i);
        }
    }

    void digestInto(final DigestSink sink) {
        for (int i = 0; i < inUse.length; i++) {
            sink.add((long) inUse[i] << 32 | tokens[i]);
            sink.add(asOfNs[i]);
        }
    }
}
