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
            case COORDINATION_CLOSED -> "closed " + words.label(Labels.COORDINATION, fact.coordination());
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }
}
