package io.signalbox.kernel.facade;

import io.signalbox.kernel.recovery.ErrorRecoveryOrchestrator;
import java.util.List;
import java.util.Map;

/**
 * What an {@link IntegrationPattern} puts together: the agents of one session.
 *
 * @param session in which they work.
 * @param assignments of each.
 * @param executor that does their work.
 * @param control what they have in common while it runs.
 */
record Workflow(
        CoordinationSession session, AgentAssignments assignments, AgentExecutor executor, WorkControl control) {
    /** One agent, from its first word to its last, on this thread. */
    AgentOutcome run(final String agentId, final QualityGate gate, final ErrorRecoveryOrchestrator recovery) {
        return new AgentRun(this, agentId, gate, recovery).run();
    }

    /** All of these at the same time, each on a thread of its own; returns when all have ended. */
    Map<String, AgentOutcome> runAll(final List<String> agentIds) throws InterruptedException {
        return AgentThreads.runAll(this, agentIds);
    }
}
