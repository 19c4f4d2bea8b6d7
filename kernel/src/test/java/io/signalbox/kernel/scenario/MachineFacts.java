package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.Rejection;

final class MachineFacts implements RoomFacts {
    private final FactWords words;

    MachineFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        return switch (fact.type()) {
            case COMMAND_REJECTED -> "rejected " + Rejection.ofAnswer(fact.a());
            case COMMAND_DEFERRED -> "deferred" + words.scope(fact);
            case PULSED -> "pulsed";
            case RULES_UPGRADED -> "rules " + fact.a();
            case CLIENT_ANSWERED -> "kept " + fact.a() + "#" + fact.b();
            case NAME_INTERNED -> "interned " + words.text(fact.payload());
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }
}
