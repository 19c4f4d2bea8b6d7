package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;

final class DependencyFacts implements RoomFacts {
    private final FactWords words;

    DependencyFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        return switch (fact.type()) {
            case RESOURCE_MARKED -> "marked " + words.name(fact.key()) + mark(fact) + words.scope(fact);
            case GATE_SCORED -> {
                final double score = Double.longBitsToDouble(fact.b());
                yield "scored " + words.name(fact.key()) + " " + (Double.isNaN(score) ? "failed" : score)
                        + words.scope(fact);
            }
            case DEPENDENCY_DECLARED -> "declared " + dependency(fact) + words.until(fact.d());
            case DEPENDENCY_RESOLVED -> "resolved " + dependency(fact);
            case DEPENDENCY_FAILED -> "failed " + dependency(fact);
            case DEPENDENCY_EXPIRED -> "expired " + dependency(fact);
            case DEPENDENCY_CANCELLED -> "cancelled " + dependency(fact);
            case DEPENDENCY_LABELLED -> "labelled " + dependency(fact) + " " + words.name((int) fact.b());
            case DEPENDENCY_RETRIED -> "retried " + dependency(fact) + " #" + fact.b() + words.until(fact.d());
            case DEPENDENCIES_CLEARED -> "cleared" + words.by(fact.extra()).replace(" by", " of") + words.scope(fact);
            case APPROVAL_DECIDED ->
                (fact.b() == 1 ? "approved " : "denied ")
                        + words.name(fact.key())
                        + words.by(fact.extra())
                        + words.quoted(fact.payload())
                        + words.scope(fact);
            case COMPOSITE_DECLARED -> "composed " + dependency(fact) + " needs " + (fact.b() >>> 32);
            case COMPOSITE_ADVANCED ->
                "counted " + words.label(Labels.DEPENDENCY, fact.b()) + " for " + dependency(fact);
            case DEADLOCK_DETECTED -> "deadlock of " + fact.b() + " by " + dependency(fact);
            case DEADLOCK_LINKED -> words.name((int) (fact.b() >>> 32)) + " awaits " + words.name((int) fact.b());
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }

    private static String mark(final Fact fact) {
        final double level = Double.longBitsToDouble(fact.c());
        return switch ((int) fact.b()) {
            case 0 -> " unavailable";
            case 1 -> " available" + (level == 1 ? "" : " " + level);
            default -> " withdrawn";
        };
    }

    private String dependency(final Fact fact) {
        return words.label(Labels.DEPENDENCY, fact.dependency());
    }
}
