package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.RoutingDecision;
import java.util.List;

/**
 * What the state analysis looks for.
 *
 * @param maxComplexityScore 0 to 1; a state above it takes another branch.
 * @param errorHandlingDecision what to do about an error that follows no pattern.
 * @param errorPatterns looked at in order, the first that fits decides; may be empty.
 * @param fastBelowMs execution times below are {@link ExecutionTime#FAST}.
 * @param slowFromMs execution times from here on are {@link ExecutionTime#SLOW}; above {@code fastBelowMs}.
 * @param slowDecision what to do about a slow task.
 */
public record StateAnalysis(
        double maxComplexityScore,
        RoutingDecision errorHandlingDecision,
        List<ErrorPattern> errorPatterns,
        long fastBelowMs,
        long slowFromMs,
        RoutingDecision slowDecision) {
    /** Most patterns. */
    public static final int PATTERNS_MAX = 64;

    public StateAnalysis {
        Checks.inUnit("maxComplexityScore", maxComplexityScore);
        Checks.given("errorHandlingDecision", errorHandlingDecision);
        Checks.given("slowDecision", slowDecision);
        Checks.notNegative("fastBelowMs", fastBelowMs);
        if (slowFromMs <= fastBelowMs) {
            throw new InvalidRouterException(
                    "slowFromMs must be above fastBelowMs: " + slowFromMs + " and " + fastBelowMs);
        }
        errorPatterns = List.copyOf(errorPatterns);
        Checks.inRange("the number of error patterns", errorPatterns.size(), 0, PATTERNS_MAX);
    }

    /** Complexity up to 0.8, every error is retried, fast below a tenth of a second, slow from ten seconds on but no reason to act. */
    public static StateAnalysis standard() {
        return new StateAnalysis(0.8, RoutingDecision.RETRY, List.of(), 100, 10_000, RoutingDecision.CONTINUE);
    }

    /** With another bound of complexity. */
    public StateAnalysis withMaxComplexityScore(final double score) {
        return new StateAnalysis(score, errorHandlingDecision, errorPatterns, fastBelowMs, slowFromMs, slowDecision);
    }

    /** With another answer to errors that follow no pattern. */
    public StateAnalysis withErrorHandlingDecision(final RoutingDecision decision) {
        return new StateAnalysis(maxComplexityScore, decision, errorPatterns, fastBelowMs, slowFromMs, slowDecision);
    }

    /** With patterns of errors. */
    public StateAnalysis withErrorPatterns(final List<ErrorPattern> patterns) {
        return new StateAnalysis(
                maxComplexityScore, errorHandlingDecision, patterns, fastBelowMs, slowFromMs, slowDecision);
    }

    /** With other classes of execution time. */
    public StateAnalysis withTimes(final long newFastBelowMs, final long newSlowFromMs, final RoutingDecision slow) {
        return new StateAnalysis(
                maxComplexityScore, errorHandlingDecision, errorPatterns, newFastBelowMs, newSlowFromMs, slow);
    }

    /** The class of an execution time. */
    public ExecutionTime classify(final long executionTimeMs) {
        if (executionTimeMs < fastBelowMs) {
            return ExecutionTime.FAST;
        }
        return executionTimeMs >= slowFromMs ? ExecutionTime.SLOW : ExecutionTime.NORMAL;
    }
}
