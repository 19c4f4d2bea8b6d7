package io.signalbox.kernel.recovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One recovery: the strategies of its chain in turn, each from the state in which the first began; those that an earlier process has tried are not tried again. */
final class RecoveryRun {
    private final List<RecoveryStrategy> chain;
    private final RecoveryAttempt attempt;
    private final RecoveryTelling telling;
    private final RecoveryKeeping keeping;
    private final long startNs;
    private final List<RecoveryResult.Tried> tried = new ArrayList<>(); // handed from future to future
    private final Map<String, Object> remembered = new LinkedHashMap<>(); // likewise

    RecoveryRun(
            final List<RecoveryStrategy> chain,
            final RecoveryAttempt attempt,
            final RecoveryTelling telling,
            final RecoveryKeeping keeping,
            final long startNs) {
        this.chain = chain;
        this.attempt = attempt;
        this.telling = telling;
        this.keeping = keeping;
        this.startNs = startNs;
    }

    private List<String> names() {
        return chain.stream().map(RecoveryStrategy::name).toList();
    }

    CompletableFuture<RecoveryResult> start() {
        final RecoveryCheckpoint earlier = keeping.find(attempt.context(), names());
        tried.addAll(earlier.tried());
        tried.forEach(one -> attempt.addTried(one.strategy()));
        remembered.putAll(earlier.remembered());
        attempt.context().state().putAll(remembered);
        if (tried.size() == chain.size()) {
            return CompletableFuture.completedFuture(ended(
                    chain.get(chain.size() - 1),
                    StrategyResult.failed(tried.get(tried.size() - 1).message())));
        }
        return next(tried.size(), earlier.begun());
    }

    /** @param begun attempts of this strategy that an earlier process has begun. */
    private CompletableFuture<RecoveryResult> next(final int index, final int begun) {
        final RecoveryStrategy strategy = chain.get(index);
        final RecoveryContext context = attempt.context();
        final Map<String, Object> checkpoint = context.checkpoint();
        attempt.beginStrategy(begun, attempts -> keep(attempts));
        return attempt.call(() -> strategy.recover(attempt))
                .thenCompose(stage -> stage == null ? CompletableFuture.completedFuture(null) : stage)
                .handle((result, failure) -> result == null ? broken(strategy, failure) : result)
                .thenCompose(result -> {
                    if (!result.isSuccess()) {
                        context.restore(checkpoint);
                        attempt.addTried(strategy.name());
                    }
                    context.state().putAll(result.remembered());
                    remembered.putAll(result.remembered());
                    tried.add(new RecoveryResult.Tried(strategy.name(), result.isSuccess(), result.message()));
                    if (result.isSuccess() || index + 1 == chain.size() || attempt.isStopped()) {
                        return CompletableFuture.completedFuture(ended(strategy, result));
                    }
                    keep(0);
                    return next(index + 1, 0);
                });
    }

    private void keep(final int begun) {
        attempt.note(keeping.keep(attempt.context(), new RecoveryCheckpoint(names(), tried, begun, remembered)));
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

    /** What was stopped is not over: who recovers from the same goes on where it was. */
    private RecoveryResult ended(final RecoveryStrategy strategy, final StrategyResult result) {
        if (result.isSuccess() || !attempt.isStopped()) {
            attempt.note(keeping.forget(attempt.context()));
        }
        final StrategyResult noted =
                attempt.trouble().isEmpty() ? result : result.with("checkpoint_refused", attempt.trouble());
        return new RecoveryResult(
                noted.isSuccess(),
                strategy.name(),
                noted.retryCount(),
                noted.isErrorFixed(),
                noted.isFallbackUsed(),
                noted.message(),
                Math.max(0, attempt.nowNs() - startNs),
                attempt.errorType(),
                attempt.pattern() == null ? null : attempt.pattern().patternId(),
                noted.value(),
                noted.metadata(),
                tried);
    }
}
