package io.signalbox.kernel.facade.workflow;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How nodes are carried out in parallel.
 *
 * @param strategy when they have succeeded.
 * @param timeout of the whole, zero for none.
 * @param maxConcurrent nodes at once, 0 for all.
 * @param retryFailed whether failed nodes are tried again, before the strategy hears of it.
 * @param retryCount how often.
 * @param retryBackoff pause before the first retry; each further one is twice as long.
 * @param resultAggregation what their results become.
 * @param cancellationPolicy what becomes of the others once the outcome is certain.
 * @param qualityThreshold for {@link ParallelStrategy#COMPETITIVE}: what is below does not count, 0 to 1.
 */
public record ParallelConfig(
        ParallelStrategy strategy,
        Duration timeout,
        int maxConcurrent,
        boolean retryFailed,
        int retryCount,
        Duration retryBackoff,
        ResultAggregation resultAggregation,
        CancellationPolicy cancellationPolicy,
        double qualityThreshold) {
    public ParallelConfig {
        Objects.requireNonNull(strategy, "strategy");
        Compiling.require(timeout, !timeout.isNegative(), "timeout must not be negative: " + timeout);
        Compiling.require(maxConcurrent, maxConcurrent >= 0, "max_concurrent must not be negative: " + maxConcurrent);
        Compiling.require(
                retryCount, retryCount >= 0 && retryCount <= 1000, "retry_count must be in 0..1000: " + retryCount);
        Compiling.require(retryBackoff, !retryBackoff.isNegative(), "retry_backoff must not be negative");
        Compiling.require(
                qualityThreshold,
                qualityThreshold >= 0 && qualityThreshold <= 1,
                "quality_threshold must be in 0..1: " + qualityThreshold);
    }

    /** No time limit, all at once, no retries, results merged, everybody awaited, quality threshold 0.7. */
    public static ParallelConfig of(final ParallelStrategy strategy) {
        return new Draft(strategy).config();
    }

    /** Every node has to succeed. */
    public static ParallelConfig standard() {
        return of(ParallelStrategy.ALL_SUCCESS);
    }

    private ParallelConfig with(final Consumer<Draft> change) {
        final Draft draft = new Draft(this);
        change.accept(draft);
        return draft.config();
    }

    public ParallelConfig withTimeout(final Duration timeout) {
        return with(draft -> draft.timeout = timeout);
    }

    public ParallelConfig withMaxConcurrent(final int maxConcurrent) {
        return with(draft -> draft.maxConcurrent = maxConcurrent);
    }

    /** Failed nodes are tried again so often, after these pauses. */
    public ParallelConfig retrying(final int retryCount, final Duration retryBackoff) {
        return with(draft -> {
            draft.retryFailed = true;
            draft.retryCount = retryCount;
            draft.retryBackoff = retryBackoff;
        });
    }

    public ParallelConfig withResultAggregation(final ResultAggregation resultAggregation) {
        return with(draft -> draft.resultAggregation = resultAggregation);
    }

    public ParallelConfig withCancellationPolicy(final CancellationPolicy cancellationPolicy) {
        return with(draft -> draft.cancellationPolicy = cancellationPolicy);
    }

    public ParallelConfig withQualityThreshold(final double qualityThreshold) {
        return with(draft -> draft.qualityThreshold = qualityThreshold);
    }

    private static final class Draft {
        final ParallelStrategy strategy;
        Duration timeout = Duration.ZERO;
        int maxConcurrent;
        boolean retryFailed;
        int retryCount = 1;
        Duration retryBackoff = Duration.ZERO;
        ResultAggregation resultAggregation = ResultAggregation.MERGE;
        CancellationPolicy cancellationPolicy = CancellationPolicy.WAIT_ALL;
        double qualityThreshold = 0.7;

        Draft(final ParallelStrategy strategy) {
            this.strategy = strategy;
        }

        Draft(final ParallelConfig from) {
            strategy = from.strategy;
            timeout = from.timeout;
            maxConcurrent = from.maxConcurrent;
            retryFailed = from.retryFailed;
            retryCount = from.retryCount;
            retryBackoff = from.retryBackoff;
            resultAggregation = from.resultAggregation;
            cancellationPolicy = from.cancellationPolicy;
            qualityThreshold = from.qualityThreshold;
        }

        ParallelConfig config() {
            return new ParallelConfig(
                    strategy,
                    timeout,
                    maxConcurrent,
                    retryFailed,
                    retryCount,
                    retryBackoff,
                    resultAggregation,
                    cancellationPolicy,
                    qualityThreshold);
        }
    }
}
