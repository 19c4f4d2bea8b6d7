package io.signalbox.cli.engine;

import io.signalbox.cli.view.StepState;
import java.util.List;

/**
 * Why a step stands where it stands.
 *
 * @param step its id
 * @param state where it stands
 * @param reasons a sentence each: which needs are unmet, what runs, when the next attempt is due, what failed
 */
public record Explanation(String step, StepState state, List<String> reasons) {
    public Explanation {
        reasons = List.copyOf(reasons);
    }
}
