package io.signalbox.kernel.recovery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A way out of an error. It serves any number of recoveries at the same time, and runs on the thread or executor of each; it never
 * waits on that thread, but goes on when {@link RecoveryAttempt#pause} or {@link RecoveryAttempt#run} has ended.
 */
public interface RecoveryStrategy {
    /** Try again after pauses that grow. */
    String RETRY = "retry";
    /** Try another way, one after the other. */
    String ALTERNATIVE_PATH = "alternative_path";
    /** Do with less. */
    String GRACEFUL_DEGRADATION = "graceful_degradation";
    /** Mend the code that was wrong. */
    String ERROR_CORRECTION = "error_correction";
    /** Ask a person. */
    String ESCALATION = "escalation";
    /** Try once, unless it has failed too often lately. */
    String CIRCUIT_BREAKER = "circuit_breaker";

    /** Its name: not empty, and no other strategy's. */
    String name();

    /**
     * Try to recover.
     *
     * @return what came of it; a stage that ends with an exception, or null, is a failure of the strategy and is told as one.
     * @throws Exception as such a stage.
     */
    CompletionStage<StrategyResult> recover(RecoveryAttempt attempt) throws Exception;

    /** What a simple strategy does. */
    @FunctionalInterface
    interface Body {
        /** Try to recover, on this thread. */
        StrategyResult recover(RecoveryAttempt attempt) throws Exception;
    }

    /** One that waits for nothing. */
    static RecoveryStrategy of(final String name, final Body body) {
        return new RecoveryStrategy() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CompletionStage<StrategyResult> recover(final RecoveryAttempt attempt) throws Exception {
                return CompletableFuture.completedFuture(
                        attempt.limited("Strategy '" + name + "'", () -> body.recover(attempt)));
            }
        };
    }
}
