package io.signalbox.kernel.recovery;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.wait.FutureEnds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What to do about errors: finds the pattern that an error follows, tries the strategies for it in turn, counts, measures, raises
 * {@code error_recovery_completed}. Any thread; any number of recoveries at the same time.
 *
 * <pre>{@code
 * ErrorRecoveryOrchestrator recovery = ErrorRecoveryOrchestrator.standard();
 * RecoveryResult result = recovery.handleError(
 *         RecoveryContext.of("build-42", "fetch").exception(e).build(), context -> fetch());
 * }</pre>
 */
public final class ErrorRecoveryOrchestrator {
    private final Map<String, RecoveryStrategy> strategies;
    private final Map<ErrorType, List<String>> selection;
    private final List<String> afterwards;
    private final RecoveryTimer timer;
    private final TimeLimit limit;
    private final RecoveryTelling telling;
    private final RecoveryKeeping keeping;
    private final ErrorPatterns patterns = new ErrorPatterns();
    private final AtomicReference<RecoveryStatistics> statistics = new AtomicReference<>(RecoveryStatistics.NONE);

    ErrorRecoveryOrchestrator(final RecoverySettings settings) {
        keeping = settings.keeping();
        strategies = settings.strategies(keeping);
        selection = Map.copyOf(settings.selection);
        afterwards = List.copyOf(settings.afterwards);
        timer = settings.timer;
        limit = new TimeLimit(timer, settings.attemptTimeout.toNanos());
        telling = new RecoveryTelling(settings.coordination, settings.metrics);
        selection.values().forEach(this::requireKnown);
        requireKnown(afterwards);
        settings.patterns.forEach(this::addErrorPattern);
    }

    /** One that tells nobody, with the standard patterns, and every setting as {@link RecoverySettings} has it. */
    public static ErrorRecoveryOrchestrator standard() {
        return with().build();
    }

    /** Say what differs. */
    public static RecoverySettings with() {
        return new RecoverySettings();
    }

    // ------------------------------------------------------------------ recovering

    /**
     * Recover from an error, on this thread: the operation runs here, and pauses are waited for here. It returns when the chain of
     * strategies has ended; an interrupt ends it, and the flag stays set. Whatever goes wrong is a result; nothing is thrown.
     *
     * @param operation that failed; null when there is nothing to try again.
     */
    public RecoveryResult handleError(final RecoveryContext context, final RecoveryOperation operation) {
        final long startNs = timer.nowNs();
        final CallersThread caller = new CallersThread();
        final RecoveryAttempt attempt = attempt(context, operation, caller);
        return caller.workUntil(recover(attempt, startNs), attempt::stop);
    }

    /**
     * Recover from an error on an executor. No thread waits during pauses, nor for a person. Cancelling the future stops the recovery; an
     * attempt under way goes on to its end.
     *
     * @param operation that failed; null when there is nothing to try again.
     */
    public CompletableFuture<RecoveryResult> handleErrorAsync(
            final RecoveryContext context, final RecoveryOperation operation, final Executor executor) {
        final long startNs = timer.nowNs();
        final RecoveryAttempt attempt = attempt(context, operation, executor);
        final CompletableFuture<RecoveryResult> result = recover(attempt, startNs);
        FutureEnds.whenEnded(result, (end, failure) -> {
            if (result.isCancelled()) {
                attempt.stop("the recovery was cancelled");
            }
        });
        return result;
    }

    private RecoveryAttempt attempt(
            final RecoveryContext context, final RecoveryOperation operation, final Executor executor) {
        return new RecoveryAttempt(context, analyze(context), operation, executor, timer, limit);
    }

    private CompletableFuture<RecoveryResult> recover(final RecoveryAttempt attempt, final long startNs) {
        telling.began();
        final long analysedNs = timer.nowNs();
        final List<RecoveryStrategy> chain = selectStrategies(attempt.analysis()).stream()
                .map(strategies::get)
                .toList();
        telling.decided(timer.nowNs() - analysedNs);
        final CompletableFuture<RecoveryResult> told = new CompletableFuture<>();
        final CompletableFuture<RecoveryResult> ended = new RecoveryRun(chain, attempt, telling, keeping, startNs)
                .start()
                .thenApply(result -> {
                    statistics.updateAndGet(before -> before.plus(result));
                    return telling.ended(attempt.context(), result);
                });
        FutureEnds.whenEnded(ended, (result, failure) -> {
            if (failure == null) {
                told.complete(result);
            } else {
                told.completeExceptionally(failure);
            }
        });
        return told;
    }

    /**
     * What was begun and has not ended, as {@code WORKFLOW:NODE:STEP}: under way, or left by a process that is gone. None unless recoveries are {@link RecoverySettings#durable kept}.
     */
    public List<String> unfinished() {
        return keeping.unfinished();
    }

    // ------------------------------------------------------------------ looking and deciding

    /** Which pattern an error follows, and what kind of error it is. */
    public ErrorAnalysis analyze(final RecoveryContext context) {
        final long startNs = timer.nowNs();
        final ErrorAnalysis analysis = patterns.analyse(context.error());
        telling.analysed(timer.nowNs() - startNs);
        return analysis;
    }

    /**
     * Names of the strategies for an error, in the order in which they are tried: the pattern's, else those selected for its type, then
     * those for afterwards.
     */
    public List<String> selectStrategies(final ErrorAnalysis analysis) {
        final Set<String> names = new LinkedHashSet<>(
                analysis.pattern() != null
                        ? analysis.pattern().strategies()
                        : selection.getOrDefault(
                                analysis.errorType(),
                                List.of(analysis.errorType().usualStrategy())));
        names.addAll(afterwards);
        return List.copyOf(names);
    }

    /** Whether it raises its signals in this coordination. */
    public boolean raisesSignalsIn(final Coordination coordination) {
        return telling.isIn(coordination);
    }

    /** Names of all strategies. */
    public Set<String> strategies() {
        return strategies.keySet();
    }

    private void requireKnown(final Collection<String> names) {
        for (final String name : names) {
            Refused.unless(
                    strategies.containsKey(name),
                    "no recovery strategy is called '" + name + "'; there are " + strategies.keySet());
        }
    }

    // ------------------------------------------------------------------ patterns

    /** All patterns, in the order in which they are looked at. */
    public List<ErrorPattern> errorPatterns() {
        return new ArrayList<>(patterns.all());
    }

    /**
     * Add a pattern; one of the same id gives way.
     *
     * @throws IllegalArgumentException when it names a strategy that is not there, or there are {@value ErrorPatterns#COUNT_MAX} already.
     */
    public void addErrorPattern(final ErrorPattern pattern) {
        requireKnown(pattern.strategies());
        patterns.add(pattern);
    }

    /** Take a pattern away; harmless when there is none of this id. */
    public void removeErrorPattern(final String patternId) {
        patterns.remove(patternId);
    }

    // ------------------------------------------------------------------ statistics

    /** What came of all recoveries since the beginning, or since the last reset. */
    public RecoveryStatistics statistics() {
        return statistics.get();
    }

    /** Begin to count anew. */
    public void resetStatistics() {
        statistics.set(RecoveryStatistics.NONE);
    }
}
