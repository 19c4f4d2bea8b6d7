package io.signalbox.kernel.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.workflow.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long one attempt may take, by a clock that moves when told. */
@Timeout(60)
class AttemptTimeoutTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String LATE = "The attempt at 'fetch' was not done within PT5S";

    private final ManualTimer timer = ManualTimer.standing();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        executor.shutdownNow();
    }

    private RecoverySettings settings(final int retries) {
        return ErrorRecoveryOrchestrator.with()
                .timer(timer)
                .patterns()
                .select(ErrorType.UNKNOWN, "retry")
                .retry(new RetryPolicy(retries, 0, 1, 0, 0))
                .attemptTimeout(LIMIT);
    }

    private static RecoveryContext broken() {
        return RecoveryContext.of("build-42", "fetch").errorMessage("it broke").build();
    }

    /** The first time it waits for what never comes. */
    private Object hang(final RecoveryContext context) throws InterruptedException {
        if (calls.incrementAndGet() > 1) {
            return "done";
        }
        entered.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (final InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
        return "never";
    }

    @Test
    void shouldInterruptAnAttemptWhoseTimeIsUp() throws Exception {
        final CompletableFuture<RecoveryResult> recovery =
                settings(0).build().handleErrorAsync(broken(), this::hang, executor);
        entered.await();
        timer.advance(LIMIT.toNanos() - 1);
        assertThat(recovery).isNotDone();
        timer.advance(1);
        final RecoveryResult result = recovery.get();
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.errorMessage()).isEqualTo(LATE);
        interrupted.await();
    }

    @Test
    void shouldTryAgainOnTheCallersThreadAndLeaveItUninterrupted() throws Exception {
        executor.execute(() -> {
            try {
                entered.await();
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
            timer.advance(LIMIT.toNanos());
            // the pause before the retry begins when the attempt has ended
            while (timer.pausesNs().size() < 2) {
                Thread.onSpinWait();
            }
            timer.advance(0);
        });
        final RecoveryResult result = settings(1).build().handleError(broken(), this::hang);
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.value()).isEqualTo("done");
        assertThat(result.retryCount()).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void shouldGoOnWithoutAnAttemptThatHearsNothing() throws Exception {
        final CountDownLatch released = new CountDownLatch(1);
        final CompletableFuture<RecoveryResult> recovery = settings(0)
                .build()
                .handleErrorAsync(
                        broken(),
                        context -> {
                            entered.countDown();
                            while (released.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                            return "too late";
                        },
                        executor);
        entered.await();
        timer.advance(LIMIT.toNanos());
        assertThat(recovery.get().errorMessage()).isEqualTo(LATE);
        released.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(recovery.get().value()).isNull();
    }

    @Test
    void shouldLimitAStrategyOfOnesOwn() throws Exception {
        final RecoverySettings settings = settings(0)
                .strategy(RecoveryStrategy.of("mine", attempt -> StrategyResult.fixed(hang(attempt.context()))))
                .select(ErrorType.UNKNOWN, "mine");
        final CompletableFuture<RecoveryResult> recovery = settings.build().handleErrorAsync(broken(), null, executor);
        entered.await();
        timer.advance(LIMIT.toNanos());
        assertThat(recovery.get().errorMessage())
                .contains("Strategy 'mine' failed: ")
                .endsWith("Strategy 'mine' was not done within PT5S");
    }

    @Test
    void shouldLeaveWhatIsInTimeAlone() {
        final RecoveryResult result = settings(0).build().handleError(broken(), context -> "quick");
        assertThat(result.value()).isEqualTo("quick");
        timer.advance(LIMIT.toNanos());
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(() -> settings(0).attemptTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attemptTimeout must not be negative: PT-1S");
    }
}
