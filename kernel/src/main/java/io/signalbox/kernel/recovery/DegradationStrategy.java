package io.signalbox.kernel.recovery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Goes down the levels of a component until the operation works; without an operation, one level. */
final class DegradationStrategy implements RecoveryStrategy {
    /** Argument, value of the state, or metadata of the pattern: whose level it is. */
    static final String COMPONENT = "component";
    /** Value of the state: that less is done than was asked for. */
    static final String DEGRADED = "degraded";

    private static final String USUAL_COMPONENT = "validation";

    private final Map<String, List<String>> levels;

    DegradationStrategy(final Map<String, List<String>> levels) {
        this.levels = levels;
    }

    @Override
    public String name() {
        return GRACEFUL_DEGRADATION;
    }

    @Override
    public CompletionStage<StrategyResult> recover(final RecoveryAttempt attempt) {
        final RecoveryContext context = attempt.context();
        final ErrorPattern pattern = attempt.pattern();
        final String component = context.text(
                COMPONENT,
                pattern == null ? USUAL_COMPONENT : pattern.metadata().getOrDefault(COMPONENT, USUAL_COMPONENT));
        final List<String> known = levels.getOrDefault(component, List.of());
        if (known.isEmpty()) {
            return failed("No levels are known of '" + component + "'; there are " + levels.keySet());
        }
        final String current = context.text(component + "_level", known.get(0));
        final int index = known.indexOf(current);
        if (index < 0) {
            return failed("'" + current + "' is no level of '" + component + "'; there are " + known);
        }
        if (index + 1 == known.size()) {
            return failed("Already at minimum level '" + current + "' of '" + component + "'");
        }
        final int next = index + 1 + attempt.begunBefore();
        return next >= known.size()
                ? failed("Even at level '" + known.get(known.size() - 1) + "' of '" + component + "': "
                        + RecoveryAttempt.died(attempt.begunBefore()))
                : lowered(attempt, component, known, next);
    }

    private static CompletableFuture<StrategyResult> failed(final String message) {
        return CompletableFuture.completedFuture(StrategyResult.failed(message));
    }

    private static CompletableFuture<StrategyResult> lowered(
            final RecoveryAttempt attempt, final String component, final List<String> known, final int index) {
        final String level = known.get(index);
        attempt.context().state().put(component + "_level", level);
        attempt.context().state().put(DEGRADED, true);
        if (!attempt.hasOperation()) {
            return CompletableFuture.completedFuture(
                    degraded(null, component, level).with("verified", "false"));
        }
        return attempt.run().thenCompose(outcome -> {
            if (outcome.isSuccess()) {
                return CompletableFuture.completedFuture(
                        degraded(outcome.value(), component, level).with("verified", "true"));
            }
            return index + 1 == known.size() || outcome.isInterrupted()
                    ? failed("Even at level '" + level + "' of '" + component + "': " + outcome.problem())
                    : lowered(attempt, component, known, index + 1);
        });
    }

    private static StrategyResult degraded(final Object value, final String component, final String level) {
        return StrategyResult.fallback(value).with(COMPONENT, component).with("level", level);
    }
}
