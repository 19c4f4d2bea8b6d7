package io.signalbox.kernel.recovery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Tries the operation once, unless what was tried at that node has failed too often lately. */
final class CircuitBreakerStrategy implements RecoveryStrategy {
    /** Nodes that are remembered; of more, the one that was longest not asked about is forgotten. */
    static final int NODES_MAX = 10_000;

    private final int failuresMax;
    private final Duration openTime;
    private final LongSupplier nowNs;
    private final RecoveryKeeping keeping;
    private final Map<String, CircuitBreaker> byNode = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, CircuitBreaker> eldest) {
            return size() > NODES_MAX;
        }
    };

    CircuitBreakerStrategy(
            final int failuresMax, final Duration openTime, final LongSupplier nowNs, final RecoveryKeeping keeping) {
        this.failuresMax = failuresMax;
        this.openTime = openTime;
        this.nowNs = nowNs;
        this.keeping = keeping;
    }

    @Override
    public String name() {
        return CIRCUIT_BREAKER;
    }

    CircuitBreaker of(final String nodeName) {
        synchronized (byNode) {
            return byNode.computeIfAbsent(nodeName, none -> {
                final CircuitBreaker breaker = new CircuitBreaker(failuresMax, openTime, nowNs);
                keeping.restore(nodeName, breaker);
                return breaker;
            });
        }
    }

    @Override
    public CompletionStage<StrategyResult> recover(final RecoveryAttempt attempt) {
        if (!attempt.hasOperation()) {
            return CompletableFuture.completedFuture(StrategyResult.failed("No operation to try"));
        }
        final String node = attempt.context().nodeName();
        final CircuitBreaker breaker = of(node);
        if (attempt.begunBefore() > 0) {
            breaker.failed();
            attempt.note(keeping.keep(node, breaker));
            return CompletableFuture.completedFuture(StrategyResult.failed(RecoveryAttempt.died(1))
                    .with("circuit", breaker.state().toString()));
        }
        if (!breaker.allows()) {
            return CompletableFuture.completedFuture(StrategyResult.failed(
                    "The circuit of '" + node + "' is open after " + breaker.failures() + " failures"));
        }
        return attempt.run().thenApply(outcome -> {
            if (outcome.isSuccess()) {
                breaker.succeeded();
                attempt.note(keeping.keep(node, breaker));
                return StrategyResult.fixed(outcome.value());
            }
            breaker.failed();
            attempt.note(keeping.keep(node, breaker));
            return StrategyResult.failed(outcome.problem())
                    .with("circuit", breaker.state().toString());
        });
    }
}
