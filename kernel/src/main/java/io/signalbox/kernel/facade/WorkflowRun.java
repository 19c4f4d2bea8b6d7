package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.KernelHaltedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole sequence of one workflow, from its first signal to its result. The calling thread. */
final class WorkflowRun {
    private final CoordinationSession session;
    private final IntegrationPattern pattern;
    private final Workflow workflow;
    private final List<String> agentIds;

    WorkflowRun(final CoordinationSession session, final IntegrationPattern pattern, final Workflow workflow) {
        this.session = session;
        this.pattern = pattern;
        this.workflow = workflow;
        this.agentIds = workflow.assignments().agentIds();
    }

    CoordinationResult run() {
        final long startNs = System.nanoTime();
        tell("workflow_started", Map.of("detail", Map.of("agent_count", agentIds.size(), "agents", agentIds)));
        session.distributeAgentContext(workflow.assignments());
        tell("workflow_ready", Map.of("detail", Map.of("agent_count", agentIds.size())));
        final long distributedNs = System.nanoTime();
        final Map<String, AgentOutcome> outcomes = executed();
        final CoordinationStatus status = status(outcomes);
        session.meter().finished(System.nanoTime() - startNs, agentIds.size(), status);
        tellTheEnd(status);
        return new CoordinationResult(
                session.coordinationId(),
                session.sessionId(),
                session.correlationId(),
                session.parentRunId(),
                status,
                inOrder(outcomes),
                session.signalsSent(),
                CoordinationManager.durations(startNs, distributedNs, System.nanoTime()));
    }

    private Map<String, AgentOutcome> executed() {
        try {
            return pattern.run(workflow);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            workflow.control().stop("the thread that ran the workflow was interrupted");
            return Map.of();
        }
    }

    private Map<String, AgentOutcome> inOrder(final Map<String, AgentOutcome> outcomes) {
        final Map<String, AgentOutcome> ordered = new LinkedHashMap<>();
        for (final String agentId : agentIds) {
            final AgentOutcome outcome = outcomes.get(agentId);
            ordered.put(
                    agentId,
                    outcome == null
                            ? AgentOutcome.notRun(
                                    agentId, String.valueOf(workflow.control().stopped()))
                            : outcome);
        }
        return ordered;
    }

    private CoordinationStatus status(final Map<String, AgentOutcome> outcomes) {
        if (!session.coordination().isOpen() || outcomes.isEmpty()) {
            return CoordinationStatus.CANCELLED;
        }
        if (is(outcomes, AgentStatus.FAILED)) {
            return CoordinationStatus.FAILED;
        }
        if (is(outcomes, AgentStatus.ENDED)) {
            return CoordinationStatus.ENDED;
        }
        return is(outcomes, AgentStatus.NOT_RUN) ? CoordinationStatus.CANCELLED : CoordinationStatus.COMPLETED;
    }

    private static boolean is(final Map<String, AgentOutcome> outcomes, final AgentStatus status) {
        return outcomes.values().stream().anyMatch(outcome -> outcome.status() == status);
    }

    private void tellTheEnd(final CoordinationStatus status) {
        try {
            tell("workflow_finished", Map.of("status", status.name()));
        } catch (final CommandRefusedException | KernelHaltedException e) {
            workflow.control().stop("the session is closed: " + e.getMessage());
        }
    }

    private void tell(final String eventType, final Map<String, ?> data) {
        final Map<String, Object> whole = new LinkedHashMap<>(data);
        whole.put("workflow_id", session.coordinationId());
        session.signalCoordinationEvent(eventType, whole, SignalCoordinator.SYSTEM);
    }
}
