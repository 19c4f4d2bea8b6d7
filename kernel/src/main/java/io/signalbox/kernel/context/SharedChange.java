package io.signalbox.kernel.context;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One change made to what many agents have: those that had the same object before have the same afterwards, made once. */
final class SharedChange {
    private final UnaryOperator<SharedIntelligence> change;
    private final List<SharedIntelligence> befores = new ArrayList<>();
    private final List<SharedIntelligence> afters = new ArrayList<>();

    SharedChange(final UnaryOperator<SharedIntelligence> change) {
        this.change = change;
    }

    /** What comes of it. */
    @SuppressWarnings("ReferenceEquality") // what is equal and was made twice may be made twice again
    SharedIntelligence of(final SharedIntelligence before) {
        for (int i = 0; i < befores.size(); i++) {
            if (befores.get(i) == before) {
                return afters.get(i);
            }
        }
        final SharedIntelligence after = change.apply(before);
        befores.add(before);
        afters.add(after);
        return after;
    }
}
