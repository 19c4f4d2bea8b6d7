package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.router.ParallelRouter;
import io.signalbox.kernel.routing.router.ParallelizationHint;
import java.util.List;
import java.util.Map;

/**
 * All agents at the same time: several contracts at once. They do not depend on each other; the routers are told so by a hint. One that
 * fails holds up nobody.
 */
public final class ParallelPipeline extends IntegrationPattern {
    @Override
    void check(final AgentAssignments assignments) {
        for (final String agentId : assignments.inOrder()) {
            for (final AgentDependency needed : assignments.assignment(agentId).dependencies()) {
                if (needed.isOnAgent()) {
                    throw new CommandRefusedException(
                            Rejection.UNSUITABLE_PATTERN,
                            "'" + agentId + "' depends on '" + needed.target()
                                    + "', so they cannot run in parallel; the mixed pattern runs both kinds");
                }
            }
        }
    }

    @Override
    Map<String, AgentOutcome> run(final Workflow workflow) throws InterruptedException {
        final List<String> agentIds = workflow.assignments().agentIds();
        if (agentIds.size() > 1 && agentIds.size() <= Opinion.TASKS_MAX) {
            workflow.session()
                    .routingOrchestrator()
                    .addRouter(new ParallelRouter(List.of(ParallelizationHint.of(agentIds.toArray(new String[0])))));
        }
        return workflow.runAll(agentIds);
    }
}
