package io.signalbox.kernel.recovery;

import io.signalbox.kernel.wait.FutureEnds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/** One error that is being recovered from: what a strategy is told, and what it can do. Any thread. */
public final class RecoveryAttempt {
    private final RecoveryContext context;
    private final ErrorAnalysis analysis;
    private final RecoveryOperation operation;
    private final Executor executor;
    private final RecoveryTimer timer;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final List<String> tried = new CopyOnWriteArrayList<>();
    private final TimeLimit limit;
    private volatile String trouble = "";
    private volatile int begunBefore;
    private int begun; // of the strategy that is at work, one call after the other
    private volatile IntConsumer onBegun = attempts -> {};

    RecoveryAttempt(
            final RecoveryContext context,
            final ErrorAnalysis analysis,
            final RecoveryOperation operation,
            final Executor executor,
            final RecoveryTimer timer,
            final TimeLimit limit) {
        this.context = context;
        this.analysis = analysis;
        this.operation = operation;
        this.executor = executor;
        this.timer = timer;
        this.limit = limit;
    }

    /** What went wrong, and the state. */
    public RecoveryContext context() {
        return context;
    }

    ErrorAnalysis analysis() {
        return analysis;
    }

    /** The pattern that it follows, or null. */
    public ErrorPattern pattern() {
        return analysis.pattern();
    }

    /** The named groups of the pattern's expression. */
    public Map<String, String> groups() {
        return analysis.groups();
    }

    /** What kind of error it is. */
    public ErrorType errorType() {
        return analysis.errorType();
    }

    /** Names of the strategies before this one, which did not help. */
    public List<String> tried() {
        return List.copyOf(tried);
    }

    void addTried(final String strategy) {
        tried.add(strategy);
    }

    /** The next strategy of the chain; {@code onBegun} is told how many attempts it has begun, before each. */
    void beginStrategy(final int attemptsBefore, final IntConsumer listener) {
        begunBefore = attemptsBefore;
        begun = attemptsBefore;
        onBegun = listener;
    }

    /**
     * How many attempts of the operation this strategy has begun in a process that is gone: 0 unless the recovery is kept. All of them count as failed, also the one that was under way:
     * an operation that takes its process with it is not tried forever. A strategy goes on behind them.
     */
    public int begunBefore() {
        return begunBefore;
    }

    /** What a strategy says whose last attempt took the process with it. */
    static String died(final int attempts) {
        return "The process died during attempt " + attempts;
    }

    /** What could not be kept; empty when nothing. The first trouble stays. */
    void note(final String problem) {
        if (trouble.isEmpty()) {
            trouble = problem;
        }
    }

    String trouble() {
        return trouble;
    }

    /** Whether there is an operation to try. */
    public boolean hasOperation() {
        return operation != null;
    }

    /** The time by the recovery's clock, in nanoseconds. */
    public long nowNs() {
        return timer.nowNs();
    }

    /** Try the operation once, for no longer than an attempt may take. Its failure is an outcome, not an exception of the future. */
    public CompletableFuture<OperationOutcome> run() {
        if (operation == null) {
            return CompletableFuture.completedFuture(
                    new OperationOutcome(null, new IllegalStateException("there is no operation to try")));
        }
        begun++;
        onBegun.accept(begun);
        final CompletableFuture<OperationOutcome> tried = new CompletableFuture<>();
        final CompletableFuture<OperationOutcome> done = call(() -> limit.call(
                "The attempt at '" + context.nodeName() + "'",
                this::outcome,
                late -> end(tried, call(() -> new OperationOutcome(null, late)))));
        end(tried, done.exceptionally(RecoveryAttempt::late));
        return tried;
    }

    /** What was late is the attempt's failure; anything else that went wrong is not. */
    private static OperationOutcome late(final Throwable failure) {
        final Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof AttemptTimeoutException) {
            return new OperationOutcome(null, cause);
        }
        throw new CompletionException(cause);
    }

    private static <T> void end(final CompletableFuture<T> future, final CompletableFuture<T> by) {
        FutureEnds.whenEnded(by, (value, failure) -> {
            if (failure == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(failure);
            }
        });
    }

    /** Do a piece of user code on this thread, for no longer than an attempt may take. */
    <T> T limited(final String what, final Callable<T> work) throws Exception {
        return limit.call(what, work, late -> {});
    }

    @SuppressWarnings("Interruption") // the flag is set again for whoever owns the thread
    private OperationOutcome outcome() {
        if (isStopped()) {
            return new OperationOutcome(null, new InterruptedException("the recovery was stopped"));
        }
        try {
            return new OperationOutcome(operation.run(context), null);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return new OperationOutcome(null, e);
        } catch (final Throwable e) { // whatever an operation throws is its failure, and is told
            return new OperationOutcome(null, e);
        }
    }

    /** Do something of one's own on the thread or executor of this recovery. */
    public <T> CompletableFuture<T> call(final Callable<T> work) {
        final CompletableFuture<T> future = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    future.complete(work.call());
                } catch (final Throwable e) { // goes to whoever asked
                    future.completeExceptionally(e);
                }
            });
        } catch (final RuntimeException | OutOfMemoryError e) { // the executor takes nothing more, or has no thread
            future.completeExceptionally(e);
        }
        return future;
    }

    /**
     * Go on later. No thread waits meanwhile.
     *
     * @param pauseNs how long.
     * @return ends when the time is over, on the recovery's thread or executor; with an exception when the recovery is stopped.
     */
    public CompletableFuture<Void> pause(final long pauseNs) {
        final CompletableFuture<Void> over = stoppable();
        timer.after(
                pauseNs,
                () -> FutureEnds.whenEnded(call(() -> over.complete(null)), (done, failure) -> {
                    if (failure != null) {
                        over.completeExceptionally(failure);
                    }
                }));
        return over;
    }

    /** A future that ends with an exception when the recovery is stopped before it has ended otherwise. */
    <T> CompletableFuture<T> stoppable() {
        final CompletableFuture<T> future = new CompletableFuture<>();
        FutureEnds.whenEnded(stopped, (none, reason) -> future.completeExceptionally(reason));
        return future;
    }

    /** Give up: pauses and waits end, the operation is not tried again. An attempt under way goes on to its end. */
    void stop(final String reason) {
        stopped.completeExceptionally(new CancellationException(reason));
    }

    boolean isStopped() {
        return stopped.isDone();
    }
}
