package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;

final class CoordinationFacts implements RoomFacts {
    private final FactWords words;

    CoordinationFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        return switch (fact.type()) {
            case COORDINATION_OPENED -> "opened " + words.text(fact.payload());
            case COORDINATION_CLOSED ->
                (fact.a() == 0 ? "closed " : "forgot ") + words.label(Labels.COORDINATION, fact.coordination());
            case COORDINATION_BEGUN -> "begun" + living(fact);
            case COORDINATION_KEPT -> "kept " + words.label(Labels.COORDINATION, fact.coordination()) + living(fact);
            case COORDINATION_HEARD -> "heard " + words.label(Labels.COORDINATION, fact.coordination());
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }

    private static String living(final Fact fact) {
        return fact.a() == 0 ? " for ever" : " for " + fact.a() / 1_000_000 + "ms";
    }
}
