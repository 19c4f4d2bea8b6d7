package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;

final class SubscriptionFacts implements RoomFacts {
    private final FactWords words;

    SubscriptionFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        final String subscription = words.label(Labels.SUBSCRIPTION, fact.a());
        final String signal = (fact.b() >>> 16) + " of " + subscription;
        return switch (fact.type()) {
            case SUBSCRIPTION_DECLARED ->
                "subscribed " + subscription + " as " + words.name((int) (fact.b() >>> 32)) + words.scope(fact);
            case DELIVERY_GIVEN -> "given " + signal + " x" + fact.c() + words.until(fact.d());
            case DELIVERY_ACKNOWLEDGED -> "acknowledged " + signal;
            case DELIVERY_LAPSED -> "lapsed " + signal;
            case DELIVERY_ABANDONED -> "abandoned " + signal;
            case SUBSCRIPTION_CLOSED -> "unsubscribed " + subscription;
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }
}
