package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.routing.Verdict;

final class RoutingFacts implements RoomFacts {
    private final FactWords words;

    RoutingFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        return switch (fact.type()) {
            case DECISION_RECORDED ->
                "decided " + words.name((int) fact.a()) + " " + verdict(fact.b()) + words.quoted(fact.secondPayload())
                        + words.scope(fact);
            case OPINION_GIVEN -> "opinion " + fact.b() + " on " + words.name((int) fact.a()) + words.scope(fact);
            case RETRIES_RESET -> "retries of " + words.name((int) fact.a()) + " reset" + words.scope(fact);
            case ROUTING_CLEARED -> "routing cleared" + words.scope(fact);
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }

    private static String verdict(final long verdict) {
        final int winner = Verdict.winner(verdict);
        return Verdict.decision(verdict)
                + (winner == Verdict.NOBODY ? " by nobody" : " by " + winner)
                + (Verdict.given(verdict) == 0 ? "" : " given " + Verdict.given(verdict))
                + (Verdict.isExhausted(verdict) ? " exhausted" : "")
                + (Verdict.retries(verdict) == 0 ? "" : " retries " + Verdict.retries(verdict));
    }
}
