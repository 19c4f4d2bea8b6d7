package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.Finding;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingStrategy;
import java.util.List;

/**
 * Judges by the task's priority: {@code priority} of the caller's data if it is there, zero included, else {@code task_priority} of
 * the state, else {@value #PRIORITY}. What is no number counts as not there, and the opinion says so.
 */
public final class PriorityRouter implements Router {
    /** Priority of a task that has none. */
    public static final int PRIORITY = 50;

    private final int highThreshold;
    private final int lowThreshold;
    private final RoutingDecision high;
    private final RoutingDecision low;
    private final RoutingDecision between;

    /** High from 80, low up to 20: high and middle tasks go on, low ones are left out. */
    public PriorityRouter() {
        this(80, 20, RoutingDecision.CONTINUE, RoutingDecision.SKIP, RoutingDecision.CONTINUE);
    }

    /**
     * A router with thresholds and decisions of its own.
     *
     * @param highThreshold 0 to 100, inclusive, above {@code lowThreshold}.
     * @param lowThreshold 0 to 100, inclusive.
     * @throws InvalidRouterException when a threshold is out of its range or the two are the wrong way round.
     */
    public PriorityRouter(
            final int highThreshold,
            final int lowThreshold,
            final RoutingDecision high,
            final RoutingDecision low,
            final RoutingDecision between) {
        this.highThreshold = Checks.inRange("highThreshold", highThreshold, 0, 100);
        this.lowThreshold = Checks.inRange("lowThreshold", lowThreshold, 0, 100);
        if (lowThreshold >= highThreshold) {
            throw new InvalidRouterException(
                    "highThreshold must be above lowThreshold: " + highThreshold + " and " + lowThreshold);
        }
        this.high = Checks.given("the decision for high priority", high);
        this.low = Checks.given("the decision for low priority", low);
        this.between = Checks.given("the decision for middle priority", between);
    }

    @Override
    public RoutingStrategy strategy() {
        return RoutingStrategy.PRIORITY;
    }

    @Override
    public Opinion evaluate(final RoutingContext context, final RoutingState state) {
        final Object own = context.customData().get("priority");
        final Object given = own == null ? state.get("task_priority") : own;
        final boolean isNumber = given instanceof Number number && !Double.isNaN(number.doubleValue());
        final double priority = isNumber ? ((Number) given).doubleValue() : PRIORITY;
        final String text = given == null || isNumber ? "" : "the priority given is no number, " + PRIORITY + " taken";
        if (priority >= highThreshold) {
            return opinion(high, 0.95, Finding.PRIORITY_HIGH, text, priority);
        }
        if (priority <= lowThreshold) {
            return opinion(low, 0.85, Finding.PRIORITY_LOW, text, priority);
        }
        return opinion(between, 0.8, Finding.PRIORITY_MEDIUM, text, priority);
    }

    private Opinion opinion(
            final RoutingDecision decision,
            final double confidence,
            final Finding finding,
            final String text,
            final double priority) {
        return new Opinion(decision, confidence, finding, text, "", List.of(), priority, highThreshold, lowThreshold);
    }
}
