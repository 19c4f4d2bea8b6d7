package io.signalbox.kernel.routing;

/** Opinions become one decision. Pure; one decision at a time. */
final class Tally {
    private Consolidation policy;
    private FailingRouter failing;
    private int count;
    private int winner;
    private RoutingDecision decision;
    private double confidence;
    private double weighted;

    Tally begin(final Consolidation consolidation, final FailingRouter failingRouter) {
        policy = consolidation;
        failing = failingRouter;
        count = 0;
        winner = Verdict.NOBODY;
        decision = RoutingDecision.CONTINUE;
        return this;
    }

    /** The next opinion, in declared order. */
    void add(final OpinionView opinion) {
        final boolean speaks = opinion.finding() != Finding.ROUTER_FAILED || failing == FailingRouter.COUNTS_AS_ERROR;
        final double product = opinion.confidence() * opinion.weight();
        if (speaks && (winner == Verdict.NOBODY || isStronger(opinion, product))) {
            winner = count;
            decision = opinion.decision();
            confidence = opinion.confidence();
            weighted = product;
        }
        count++;
    }

    private boolean isStronger(final OpinionView opinion, final double product) {
        if (policy == Consolidation.WEIGHTED) {
            return product > weighted;
        }
        final int severity = opinion.decision().compareTo(decision);
        return severity < 0 || severity == 0 && opinion.confidence() > confidence;
    }

    /** Opinions so far. */
    int count() {
        return count;
    }

    /** Index of the opinion that decides, {@link Verdict#NOBODY} when nobody spoke. */
    int winner() {
        return winner;
    }

    /** What is decided; to go on when nobody spoke. */
    RoutingDecision decision() {
        return decision;
    }
}
