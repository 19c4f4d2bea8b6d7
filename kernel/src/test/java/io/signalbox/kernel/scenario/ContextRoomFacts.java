package io.signalbox.kernel.scenario;

import io.signalbox.kernel.context.AttemptEnd;
import io.signalbox.kernel.context.ContextFacts;
import io.signalbox.kernel.context.IntelligenceKind;
import io.signalbox.kernel.event.Fact;

final class ContextRoomFacts implements RoomFacts {
    private final FactWords words;

    ContextRoomFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        return switch (fact.type()) {
            case CONTEXT_NAMES_RESERVED -> "context names reserved";
            case CONTEXTS_DISTRIBUTED -> "distributed " + fact.b() + " to " + fact.a() + words.scope(fact);
            case INTELLIGENCE_UPDATED ->
                (ContextFacts.isDeep(fact) ? "deeply updated " : "updated ")
                        + IntelligenceKind.of(ContextFacts.kind(fact)).field() + " of " + fact.a()
                        + (ContextFacts.increments(fact) ? "" : " at their versions") + words.scope(fact);
            case CONTEXTS_CLEARED -> "cleared " + fact.a() + " contexts" + words.scope(fact);
            case ATTEMPT_BEGUN ->
                words.name((int) fact.a()) + " begins " + fact.b() + words.until(fact.c()) + words.scope(fact);
            case ATTEMPT_ENDED ->
                words.name((int) fact.a()) + " ends " + fact.b() + " " + AttemptEnd.of((int) fact.c())
                        + words.scope(fact);
            case COMPLETION_JUDGED ->
                words.name((int) fact.a()) + " leaves " + fact.b() + " unmet" + (fact.extra() == 0 ? "" : " by a limit")
                        + words.scope(fact);
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }
}
