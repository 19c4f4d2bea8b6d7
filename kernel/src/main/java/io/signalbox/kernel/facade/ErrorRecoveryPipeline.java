package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.recovery.ErrorRecoveryOrchestrator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One agent after the other, with quality gates. An agent that fails, or whose work is below its gate, is tried again as often as the
 * routers say (three times with the standard ones). Its quality is the score of its gate: who depends on the gate goes on. When no attempt is left, the
 * gate fails too, and who depends on it fails at once. With a recovery, what the routers have given up is recovered from before that:
 * every attempt of an operation is an attempt of the agent, and {@link AgentTurn#recovery} tells it the state that the strategies wrote.
 */
public final class ErrorRecoveryPipeline extends IntegrationPattern {
    private final Map<String, QualityGate> gates = new LinkedHashMap<>();
    private final ErrorRecoveryOrchestrator recovery; // null for none

    /** A pattern with these gates; each agent has one at most. */
    public ErrorRecoveryPipeline(final QualityGate... gates) {
        this(null, gates);
    }

    /** The same, and a recovery for agents whom the routers do not let try again. */
    public ErrorRecoveryPipeline(final ErrorRecoveryOrchestrator recovery, final QualityGate... gates) {
        this.recovery = recovery;
        for (final QualityGate gate : gates) {
            if (this.gates.put(gate.scoredBy(), gate) != null) {
                throw new CommandRefusedException(
                        Rejection.UNSUITABLE_PATTERN, "'" + gate.scoredBy() + "' scores two gates");
            }
        }
    }

    /** Its gates. */
    public List<QualityGate> gates() {
        return List.copyOf(gates.values());
    }

    @Override
    void check(final AgentAssignments assignments) {
        final List<String> agentIds = assignments.inOrder();
        for (final QualityGate gate : gates.values()) {
            if (!agentIds.contains(gate.scoredBy())) {
                throw new CommandRefusedException(
                        Rejection.UNSUITABLE_PATTERN,
                        "gate '" + gate.gateId() + "' is scored by '" + gate.scoredBy()
                                + "', which has no assignment; there are " + agentIds);
            }
        }
    }

    @Override
    Map<String, AgentOutcome> run(final Workflow workflow) {
        return oneByOne(workflow, gates, recovery);
    }
}
