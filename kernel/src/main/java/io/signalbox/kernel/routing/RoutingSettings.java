package io.signalbox.kernel.routing;

/**
 * How opinions become a decision.
 *
 * @param consolidation how several opinions become one.
 * @param failingRouter what a router counts for that threw.
 * @param retriesMax how often a task may be tried again in a row, 0 to {@link Verdict#RETRIES_MAX}.
 * @param whenExhausted what is decided when a retry is wanted and none is left: ERROR or END.
 */
public record RoutingSettings(
        Consolidation consolidation, FailingRouter failingRouter, int retriesMax, RoutingDecision whenExhausted) {
    public RoutingSettings {
        if (consolidation == null || failingRouter == null || whenExhausted == null) {
            throw new IllegalArgumentException("consolidation, failingRouter and whenExhausted must be given");
        }
        if (retriesMax < 0 || retriesMax > Verdict.RETRIES_MAX) {
            throw new IllegalArgumentException("retriesMax must be in 0.." + Verdict.RETRIES_MAX + ": " + retriesMax);
        }
        if (whenExhausted != RoutingDecision.ERROR && whenExhausted != RoutingDecision.END) {
            throw new IllegalArgumentException("whenExhausted must be ERROR or END: " + whenExhausted);
        }
    }

    /** By severity, a failing router counts as an error, three retries, then an error. */
    public static RoutingSettings standard() {
        return new RoutingSettings(Consolidation.SEVERITY, FailingRouter.COUNTS_AS_ERROR, 3, RoutingDecision.ERROR);
    }

    /** With another policy. */
    public RoutingSettings withConsolidation(final Consolidation policy) {
        return new RoutingSettings(policy, failingRouter, retriesMax, whenExhausted);
    }

    /** With another meaning of a failing router. */
    public RoutingSettings withFailingRouter(final FailingRouter failing) {
        return new RoutingSettings(consolidation, failing, retriesMax, whenExhausted);
    }

    /** With another bound of retries. */
    public RoutingSettings withRetriesMax(final int retries) {
        return new RoutingSettings(consolidation, failingRouter, retries, whenExhausted);
    }

    /** With another end of the retries. */
    public RoutingSettings whenExhausted(final RoutingDecision decision) {
        return new RoutingSettings(consolidation, failingRouter, retriesMax, decision);
    }
}
