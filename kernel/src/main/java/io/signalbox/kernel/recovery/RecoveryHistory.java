package io.signalbox.kernel.recovery;

import java.util.ArrayList;
import java.util.List;

/**
 * What was decided so far about one step of a run. After each decision another attempt was made, and failed.
 *
 * @param workflowId name of the run; with the step it decides about jitter.
 * @param stepId of the step.
 * @param decisions in order.
 */
public record RecoveryHistory(String workflowId, String stepId, List<RecoveryDecision> decisions) {
    public RecoveryHistory {
        decisions = List.copyOf(decisions);
    }

    /** Nothing decided yet: the first attempt has failed. */
    public static RecoveryHistory of(final String workflowId, final String stepId) {
        return new RecoveryHistory(workflowId, stepId, List.of());
    }

    /** The same and one decision more. */
    public RecoveryHistory then(final RecoveryDecision decision) {
        final List<RecoveryDecision> more = new ArrayList<>(decisions);
        more.add(decision);
        return new RecoveryHistory(workflowId, stepId, more);
    }

    /** How often it was decided so. */
    public int count(final Class<? extends RecoveryDecision> kind) {
        return (int) decisions.stream().filter(kind::isInstance).count();
    }

    /** The way to take in the next attempt: the last alternative; empty for the ordinary one. */
    public String path() {
        String path = "";
        for (final RecoveryDecision decision : decisions) {
            if (decision instanceof RecoveryDecision.Alternative alternative) {
                path = alternative.path();
            }
        }
        return path;
    }

    /** The level to work at in the next attempt: the last one; empty for the ordinary one. */
    public String level() {
        String level = "";
        for (final RecoveryDecision decision : decisions) {
            if (decision instanceof RecoveryDecision.Degrade degrade) {
                level = degrade.level();
            }
        }
        return level;
    }
}
