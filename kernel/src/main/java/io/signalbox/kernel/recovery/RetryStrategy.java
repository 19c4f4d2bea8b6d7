package io.signalbox.kernel.recovery;

import io.signalbox.kernel.workflow.RetryPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tries the operation again, after pauses that grow up to a bound; how much of a pause is left to chance is decided by what failed and where. */
final class RetryStrategy implements RecoveryStrategy {
    private final RetryPolicy policy;

    RetryStrategy(final RetryPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String name() {
        return RETRY;
    }

    @Override
    public CompletionStage<StrategyResult> recover(final RecoveryAttempt attempt) {
        if (!attempt.hasOperation()) {
            return CompletableFuture.completedFuture(StrategyResult.failed("No operation to try again"));
        }
        final int retriesMax = attempt.pattern() == null
                ? policy.retriesMax()
                : attempt.pattern().retriesMax();
        final int begun = attempt.begunBefore();
        return begun > retriesMax
                ? CompletableFuture.completedFuture(
                        StrategyResult.failed(RecoveryAttempt.died(begun)).retries(begun - 1))
                : tried(attempt, begun, retriesMax);
    }

    private CompletableFuture<StrategyResult> tried(
            final RecoveryAttempt attempt, final int retries, final int retriesMax) {
        return attempt.run().thenCompose(outcome -> {
            if (outcome.isSuccess()) {
                return CompletableFuture.completedFuture(
                        StrategyResult.fixed(outcome.value()).retries(retries));
            }
            if (retries >= retriesMax || outcome.isInterrupted()) {
                return CompletableFuture.completedFuture(
                        StrategyResult.failed(outcome.problem()).retries(retries));
            }
            final RecoveryContext context = attempt.context();
            final long seed =
                    RecoverySeed.of(context.workflowId(), context.nodeName(), context.stepCount(), retries + 1);
            return attempt.pause(policy.pauseNs(retries + 1, seed))
                    .thenCompose(over -> tried(attempt, retries + 1, retriesMax));
        });
    }
}
