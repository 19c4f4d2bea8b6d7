package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.state.MergeRule;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.ValueType;

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
            case STATE_UPDATED -> "updated " + fact.a() + " keys" + version(fact);
            case STATE_TOLD -> "told " + words.name((int) fact.a()) + words.by((int) fact.b()) + words.scope(fact);
            case STATE_CLEARED -> "cleared" + version(fact);
            case STATE_MERGED -> "merged " + changed(fact);
            case STATE_ROLLED_BACK -> "rolled back to v" + fact.a() + ":" + version(fact);
            case STATE_KEY_CHANGED ->
                (fact.extra() == 1 ? "changed " : "gone ") + words.name(fact.key()) + words.scope(fact);
            case MERGE_RULE_DECLARED ->
                "rule " + words.name(fact.key()) + " " + MergeRule.of((int) fact.b()) + words.scope(fact);
            case STATE_HISTORY_FORGOTTEN -> "forgot" + words.scope(fact);
            case STATE_WAIT_DECLARED ->
                "asks " + words.label(Labels.DEPENDENCY, fact.dependency()) + " " + StateOperator.of(fact.extra() >>> 8)
                        + " " + ValueType.of(fact.extra() & 0xFF);
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }

    private String changed(final Fact fact) {
        return words.name(fact.key()) + version(fact);
    }

    private String version(final Fact fact) {
        return " v" + fact.b() + words.by((int) fact.c()) + words.scope(fact);
    }
}
