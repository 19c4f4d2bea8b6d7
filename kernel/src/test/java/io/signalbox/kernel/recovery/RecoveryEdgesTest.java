package io.signalbox.kernel.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.workflow.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever goes wrong is a result. */
@Timeout(30)
class RecoveryEdgesTest {
    private static final class Silent extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    private static RecoveryContext context(final Throwable thrown) {
        return RecoveryContext.of("build", "fetch").exception(thrown).build();
    }

    private static ErrorRecoveryOrchestrator retrying() {
        return ErrorRecoveryOrchestrator.with()
                .retry(new RetryPolicy(2, 0, 1, 0, 0))
                .patterns(ErrorPattern.ofType("any", ErrorType.RUNTIME, Exception.class, "retry"))
                .build();
    }

    @Test
    void shouldTryAgainAfterExceptionsThatCannotSayWhatTheyAre() {
        final AtomicInteger calls = new AtomicInteger();
        final RecoveryResult result = retrying().handleError(context(new Silent()), context -> {
            if (calls.incrementAndGet() == 1) {
                throw new Silent();
            }
            return "done";
        });
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.retryCount()).isEqualTo(1);
        assertThat(context(new Silent()).errorMessage()).isEqualTo(Silent.class.getName());
    }

    @Test
    void shouldAnswerWhenAnExecutorHasNoThread() {
        final RecoveryResult result = retrying()
                .handleErrorAsync(context(new TimeoutException()), context -> "done", task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                })
                .join();
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.errorMessage()).contains("unable to create native thread");
    }

    @Test
    void shouldKeepACircuitOpenForCenturies() {
        final CircuitBreaker breaker = new CircuitBreaker(1, Duration.ofDays(365L * 400), System::nanoTime);
        breaker.failed();
        assertThat(breaker.allows()).isFalse();
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }
}
