package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;

final class SignalFacts implements RoomFacts {
    private final FactWords words;
    private final SubscriptionFacts subscriptions;

    SignalFacts(final FactWords words) {
        this.words = words;
        this.subscriptions = new SubscriptionFacts(words);
    }

    @Override
    public String print(final Fact fact) {
        return switch (fact.type()) {
            case SIGNAL_RAISED -> signal(fact) + words.quoted(fact.payload()) + words.scope(fact);
            default -> subscriptions.print(fact);
        };
    }

    private String signal(final Fact fact) {
        final StringBuilder text = new StringBuilder("raised ").append(words.name(fact.signalType()));
        text.append(words.by(fact.sender()));
        if (fact.subject() != fact.sender()) {
            text.append(" about ").append(words.name(fact.subject()));
        }
        if (fact.recipient() != 0) {
            text.append(" to ").append(words.name(fact.recipient()));
        }
        text.append(fact.completion() == 1 ? " succeeded" : fact.completion() == 2 ? " failed" : "");
        final double quality = Double.longBitsToDouble(fact.d());
        return text + (Double.isNaN(quality) ? "" : " quality " + quality);
    }
}
