package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.signal.SenderValidation;
import io.signalbox.kernel.signal.SignalKind;
import io.signalbox.kernel.signal.SignalRules;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
            case SIGNAL_RAISED -> signal(fact) + beside(fact) + words.quoted(fact.payload()) + words.scope(fact);
            case SIGNALS_CONFIGURED -> "senders " + SenderValidation.values()[(int) fact.a()] + words.scope(fact);
            case SIGNAL_KIND_DECLARED -> "kind " + words.name(fact.key()) + words.quoted(fact.payload());
            case PROGRESS_EXPECTED ->
                "expects " + words.name(fact.sender())
                        + (fact.b() == 0 ? " no longer" : " each " + fact.b() / 1_000_000 + "ms")
                        + words.scope(fact);
            case AGENT_STALLED -> "stalled " + words.name(fact.sender()) + words.scope(fact);
            case SENDER_DOUBTED -> "doubted " + words.name(fact.sender()) + words.scope(fact);
            default -> subscriptions.print(fact);
        };
    }

    /** What few signals have: a kind, another priority, a question that they answer, an origin, several recipients. */
    private String beside(final Fact fact) {
        final StringBuilder text = new StringBuilder();
        final ByteBuffer in = ByteBuffer.wrap(words.machine().facts().copyOf(fact.secondPayload()))
                .order(ByteOrder.LITTLE_ENDIAN);
        final long respondsTo = in.hasRemaining() ? in.getLong() : -1;
        final int origin = in.hasRemaining() ? in.getInt() : 0;
        String between = " to ";
        while (in.hasRemaining()) {
            text.append(between).append(words.name(in.getInt()));
            between = ",";
        }
        final SignalKind kind = SignalKind.of(fact.extra());
        text.append(kind != null ? " as " + kind : fact.extra() == SignalKind.DECLARED ? " as DECLARED" : "");
        text.append(fact.priority() == SignalRules.PRIORITY_NORMAL ? "" : " priority " + fact.priority());
        text.append(respondsTo < 0 ? "" : " answers " + respondsTo);
        return text + (origin == 0 ? "" : " from " + words.name(origin));
    }

    private String signal(final Fact fact) {
        final StringBuilder text = new StringBuilder("raised ").append(words.name(fact.signalType()));
        text.append(words.by(fact.sender()));
        if (fact.subject() != fact.sender()) {
            text.append(" about ").append(words.name(fact.subject()));
        }
        if (fact.recipient() > 0) {
            text.append(" to ").append(words.name(fact.recipient()));
        }
        text.append(fact.completion() == 1 ? " succeeded" : fact.completion() == 2 ? " failed" : "");
        final double quality = Double.longBitsToDouble(fact.d());
        return text + (Double.isNaN(quality) ? "" : " quality " + quality);
    }
}
