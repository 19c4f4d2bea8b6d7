package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;

final class StateFacts implements RoomFacts {
    private final FactWords words;

    StateFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        return switch (fact.type()) {
            case STATE_SET -> "set " + changed(fact);
            case STATE_DELETED -> "deleted " + changed(fact);
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }

    private String changed(final Fact fact) {
        return words.name(fact.key()) + " v" + fact.b() + words.by((int) fact.c()) + words.scope(fact);
    }
}
