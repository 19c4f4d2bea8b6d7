package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.workflow.Placement;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the compilers of this package share. Pure functions. */
final class Compiling {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Compiling() {}

    /**
     * A step for a worker.
     *
     * @param timeout where the terms say nothing; zero for no limit.
     * @param retry where the terms say nothing about how often; and how long the pauses are.
     */
    static StepDefinition step(
            final String id,
            final List<String> needs,
            final StepTerms terms,
            final Duration timeout,
            final RetryPolicy retry) {
        final int retries = terms.retries() < 0 ? retry.retriesMax() : terms.retries();
        final StepDefinition step = StepDefinition.of(id, needs)
                .withTimeoutNs(nanos(terms.timeout() == null ? timeout : terms.timeout()))
                .withRetry(
                        retries == 0
                                ? RetryPolicy.NONE
                                : new RetryPolicy(
                                        retries,
                                        retry.backoffNs(),
                                        retry.factor(),
                                        retry.backoffMaxNs(),
                                        retry.jitter()))
                .withScheduling(new Scheduling(terms.priority(), terms.uses(), Placement.ANYBODY, 0))
                .withPayload(WorkflowEngine.payload(terms.load()));
        return terms.allowsPartialDependencies() ? step.judgingNeeds() : step;
    }

    /** So many further attempts, the pauses doubling from {@code backoff} up to five minutes. */
    static RetryPolicy doubling(final int retries, final Duration backoff) {
        return new RetryPolicy(retries, nanos(backoff), 2, Duration.ofMinutes(5).toNanos(), 0);
    }

    /** In nanoseconds; what is longer than a kernel can count (292 years) is as long as it can. */
    static long nanos(final Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    static String requireId(final String what, final String id) {
        return require(id, id != null && !id.isBlank(), what + " must not be empty");
    }

    static <T> T require(final T value, final boolean holds, final String message) {
        if (!holds) {
            throw new InvalidWorkflowPartException(message);
        }
        return value;
    }

    /** A copy that keeps the order and may hold nulls. */
    static Map<String, Object> copy(final Map<String, ?> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    static Map<String, Object> with(final Map<String, ?> map, final String name, final Object value) {
        final Map<String, Object> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    static <T> List<T> with(final List<T> list, final T one) {
        final List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }
}
