package io.signalbox.kernel.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One recovery: the strategies of its chain in turn, each from the state in which the first began. */
final class RecoveryRun {
    private final List<RecoveryStrategy> chain;
    private final RecoveryAttempt attempt;
    private final RecoveryTelling telling;
    private final long startNs;
    private final List<RecoveryResult.Tried> tried = new ArrayList<>(); // handed from future to future

    RecoveryRun(
            final List<RecoveryStrategy> chain,
            final RecoveryAttempt attempt,
            final RecoveryTelling telling,
            final long startNs) {
        this.chain = chain;
        this.attempt = attempt;
        this.telling = telling;
        this.startNs = startNs;
    }

    CompletableFuture<RecoveryResult> start() {
        return next(0);
    }

    private CompletableFuture<RecoveryResult> next(final int index) {
        final RecoveryStrategy strategy = chain.get(index);
        final RecoveryContext context = attempt.context();
        final Map<String, Object> checkpoint = context.checkpoint();
        return attempt.call(() -> strategy.recover(attempt))
                .thenCompose(stage -> stage == null ? CompletableFuture.completedFuture(null) : stage)
                .handle((result, failure) -> result == null ? broken(strategy, failure) : result)
                .thenCompose(result -> {
                    if (!result.isSuccess()) {
                        context.restore(checkpoint);
                        attempt.addTried(strategy.name());
                    }
                    context.state().putAll(result.remembered());
                    tried.add(new RecoveryResult.Tried(strategy.name(), result.isSuccess(), result.message()));
                    return result.isSuccess() || index + 1 == chain.size() || attempt.isStopped()
                            ? CompletableFuture.completedFuture(ended(strategy, result))
                            : next(index + 1);
                });
    }

    /** A strategy that gave no result is a failure, and not the work's. */
    private StrategyResult broken(final RecoveryStrategy strategy, final Throwable failure) {
        if (attempt.isStopped()) {
            return StrategyResult.failed("The recovery was stopped");
        }
        telling.broke();
        final Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return StrategyResult.failed(
                "Strategy '" + strategy.name() + "' " + (cause == null ? "gave no result" : "failed: " + cause));
    }

    private RecoveryResult ended(final RecoveryStrategy strategy, final StrategyResult result) {
        return new RecoveryResult(
                result.isSuccess(),
                strategy.name(),
                result.retryCount(),
                result.isErrorFixed(),
                result.isFallbackUsed(),
                result.message(),
                Math.max(0, attempt.nowNs() - startNs),
                attempt.errorType(),
                attempt.pattern() == null ? null : attempt.pattern().patternId(),
                result.value(),
                result.metadata(),
                tried);
    }
}
