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
            case RESOURCE_MARKED ->
                "marked " + words.name(fact.key()) + (fact.b() == 1 ? " available" : " unavailable")
                        + words.scope(fact);
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
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }

    private String dependency(final Fact fact) {
        return words.label(Labels.DEPENDENCY, fact.dependency());
    }
}
