package io.signalbox.kernel.composition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a step ended.
 *
 * @param state where it stands.
 * @param data what it made; {@code holds} of a condition.
 * @param componentUsed whether a component made it.
 * @param problem why it failed or was not begun; why a component was not used.
 */
public record StepOutcome(State state, Map<String, Object> data, boolean componentUsed, String problem) {
    /** Name of what a condition says in its data. */
    public static final String HOLDS = "holds";

    /** Where a step stands that will not change any more. */
    public enum State {
        /** Done. */
        SUCCEEDED,
        /** A condition kept it back. */
        SKIPPED,
        /** It was tried. */
        FAILED,
        /** It was not begun, because another failed. */
        CANCELLED
    }

    public StepOutcome {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    static StepOutcome without(final State state, final String problem) {
        return new StepOutcome(state, Map.of(), false, problem);
    }
}
