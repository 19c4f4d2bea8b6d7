package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.StepLoad;
import io.signalbox.kernel.workflow.LimitUse;
import java.time.Duration;
import java.util.List;

/**
 * How a step is carried out.
 *
 * @param timeout an attempt that lasts longer has failed; null for what is configured, zero for no limit.
 * @param retries further attempts after a failure, -1 for what is configured.
 * @param priority -1,000 to 1,000; of two steps that are ready the higher goes first.
 * @param uses what an attempt takes of the limits of its scheduler or workflow.
 * @param load what it keeps busy: steps of {@link StepLoad#CPU} share as many threads as there are processors.
 * @param allowsPartialDependencies it runs although something it depends on has not succeeded; otherwise it is not run then.
 */
public record StepTerms(
        Duration timeout,
        int retries,
        int priority,
        List<LimitUse> uses,
        StepLoad load,
        boolean allowsPartialDependencies) {
    /** As configured; waits rather than computes; needs everything it depends on. */
    public static final StepTerms STANDARD = new StepTerms(null, -1, 0, List.of(), StepLoad.IO, false);

    public StepTerms {
        uses = List.copyOf(uses);
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative: " + timeout);
        }
        if (retries < -1) {
            throw new IllegalArgumentException("retries must not be negative: " + retries);
        }
    }

    /** The same with a time limit of each attempt. */
    public StepTerms withTimeout(final Duration timeout) {
        return new StepTerms(timeout, retries, priority, uses, load, allowsPartialDependencies);
    }

    /** The same with a number of further attempts. */
    public StepTerms withRetries(final int retries) {
        return new StepTerms(timeout, retries, priority, uses, load, allowsPartialDependencies);
    }

    /** The same with a priority. */
    public StepTerms withPriority(final int priority) {
        return new StepTerms(timeout, retries, priority, uses, load, allowsPartialDependencies);
    }

    /** The same, taking these units of limits. */
    public StepTerms using(final LimitUse... uses) {
        return new StepTerms(timeout, retries, priority, List.of(uses), load, allowsPartialDependencies);
    }

    /** The same, keeping something else busy. */
    public StepTerms withLoad(final StepLoad load) {
        return new StepTerms(timeout, retries, priority, uses, load, allowsPartialDependencies);
    }

    /** The same, running with what is there of its dependencies. */
    public StepTerms allowingPartialDependencies() {
        return new StepTerms(timeout, retries, priority, uses, load, true);
    }
}
