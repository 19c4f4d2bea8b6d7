package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.Finding;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingStrategy;
import java.util.Collection;
import java.util.List;

/**
 * Judges the state as a whole, in this order: errors, something required that is empty, complexity, a slow task, nothing remarkable.
 *
 * <p>Errors are {@code error}, {@code errors}, {@code error_count} and {@code failed}, when they hold more than nothing, false or zero.
 * {@code required_data} and {@code mandatory_fields} must not be empty if they are there.
 */
public final class StateAnalysisRouter implements Router {
    private static final String[] ERROR_KEYS = {"error", "errors", "error_count", "failed"};
    private static final String[] REQUIRED_KEYS = {"required_data", "mandatory_fields"};

    private final StateAnalysis analysis;

    /** With {@link StateAnalysis#standard}. */
    public StateAnalysisRouter() {
        this(StateAnalysis.standard());
    }

    public StateAnalysisRouter(final StateAnalysis analysis) {
        this.analysis = Checks.given("the settings of the state analysis", analysis);
    }

    /** What it looks for. */
    public StateAnalysis analysis() {
        return analysis;
    }

    @Override
    public RoutingStrategy strategy() {
        return RoutingStrategy.STATE_ANALYSIS;
    }

    @Override
    public Opinion evaluate(final RoutingContext context, final RoutingState state) {
        final Complexity complexity = state.complexity();
        for (final String key : ERROR_KEYS) {
            if (Values.isTruthy(state.get(key))) {
                return error(context, state, key, complexity);
            }
        }
        for (final String key : REQUIRED_KEYS) {
            if (state.has(key) && Values.isEmpty(state.get(key))) {
                return opinion(RoutingDecision.SKIP, 0.8, Finding.DATA_INCOMPLETE, key, context, complexity);
            }
        }
        if (complexity.score() > analysis.maxComplexityScore()) {
            return opinion(RoutingDecision.BRANCH, 0.85, Finding.TOO_COMPLEX, "", context, complexity);
        }
        if (analysis.slowDecision() != RoutingDecision.CONTINUE
                && analysis.classify(context.executionTimeMs()) == ExecutionTime.SLOW) {
            return opinion(analysis.slowDecision(), 0.8, Finding.TOO_SLOW, "", context, complexity);
        }
        return opinion(RoutingDecision.CONTINUE, 0.9, Finding.NORMAL, "", context, complexity);
    }

    private Opinion error(
            final RoutingContext context, final RoutingState state, final String key, final Complexity complexity) {
        if (!analysis.errorPatterns().isEmpty()) {
            for (final ErrorPattern pattern : analysis.errorPatterns()) {
                if (matches(pattern, state.get("error")) || matches(pattern, state.get("errors"))) {
                    return opinion(
                            pattern.decision(),
                            0.95,
                            Finding.ERRORS_FOUND,
                            key + ", pattern " + pattern.name(),
                            context,
                            complexity);
                }
            }
        }
        return opinion(analysis.errorHandlingDecision(), 0.95, Finding.ERRORS_FOUND, key, context, complexity);
    }

    private static boolean matches(final ErrorPattern pattern, final Object error) {
        if (error instanceof String text) {
            return pattern.matches(ErrorPattern.lower(text));
        }
        if (error instanceof Collection<?> errors) {
            return errors.stream()
                    .limit(Complexity.NODES_MAX)
                    .anyMatch(each -> each instanceof String text && pattern.matches(ErrorPattern.lower(text)));
        }
        return false;
    }

    private static Opinion opinion(
            final RoutingDecision decision,
            final double confidence,
            final Finding finding,
            final String text,
            final RoutingContext context,
            final Complexity complexity) {
        return new Opinion(
                decision,
                confidence,
                finding,
                text,
                "",
                List.of(),
                complexity.score(),
                complexity.keys(),
                complexity.depth(),
                complexity.sizeBytes(),
                context.executionTimeMs(),
                context.retryCount());
    }
}
