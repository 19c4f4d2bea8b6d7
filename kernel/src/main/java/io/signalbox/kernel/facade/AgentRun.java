package io.signalbox.kernel.facade;

import io.signalbox.kernel.AgentRegistry;
import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.KernelHaltedException;
import io.signalbox.kernel.Receipt;
import io.signalbox.kernel.RoutingResult;
import io.signalbox.kernel.SignalReceipt;
import io.signalbox.kernel.routing.RoutingDecision;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One agent from its first word to its last: initialise, resolve, route, execute, and as often as the routers say again; then complete.
 * On the thread of the agent.
 */
final class AgentRun {
    private static final double NS_PER_MS = 1e6;
    private static final int PROBLEM_LENGTH_MAX = 1000;

    private final CoordinationSession session;
    private final AgentAssignments assignments;
    private final AgentExecutor executor;
    private final WorkControl control;
    private final QualityGate gate;
    private final String agentId;
    private final Assignment assignment;

    private final Set<String> branchedTo = new HashSet<>();
    private final Set<String> assignedTo = new HashSet<>();
    private String executedBy;
    private int attempts;
    private int errors;
    private String lastError = "";
    private RoutingDecision lastDecision;
    private double resolutionTimeMs;
    private double executionTimeMs;

    AgentRun(final Workflow workflow, final String agentId, final QualityGate gate) {
        this.session = workflow.session();
        this.assignments = workflow.assignments();
        this.executor = workflow.executor();
        this.control = workflow.control();
        this.agentId = agentId;
        this.gate = gate;
        this.assignment = assignments.assignment(agentId);
    }

    String agentId() {
        return agentId;
    }

    AgentOutcome run() {
        try {
            return resolvedAndExecuted();
        } catch (final CommandRefusedException | KernelHaltedException e) {
            control.stop("the session is closed: " + e.getMessage());
            return outcome(AgentStatus.NOT_RUN, null, e.getMessage());
        }
    }

    private AgentOutcome resolvedAndExecuted() {
        if (control.stopped() != null) {
            return outcome(AgentStatus.NOT_RUN, null, control.stopped());
        }
        session.initialize(agentId);
        final long startNs = System.nanoTime();
        final String missing = session.resolve(agentId, assignment.dependencies(), control);
        resolutionTimeMs = (System.nanoTime() - startNs) / NS_PER_MS;
        if (control.stopped() != null) {
            return outcome(AgentStatus.NOT_RUN, null, control.stopped());
        }
        return missing.isEmpty() ? routed() : failed(missing);
    }

    /** An agent that is registered has this task from now on, until it completes; empty when it may begin. */
    private String assigned() {
        final AgentRegistry registry = session.kernel().agents();
        if (registry.find(executedBy) == null || !assignedTo.add(executedBy)) {
            return "";
        }
        final Receipt receipt = registry.assign(session.coordination(), executedBy);
        return receipt.isAccepted()
                ? ""
                : "the registry refused the task: " + receipt.rejection().reason();
    }

    private AgentOutcome routed() {
        while (errors == 0 || control.stopped() == null) {
            final RoutingResult route = session.route(agentId, errors, lastError);
            lastDecision = route.decision();
            if (lastDecision == RoutingDecision.ERROR) {
                return failed(errors == 0 ? route.reasoning() : lastError);
            }
            if (lastDecision == RoutingDecision.END) {
                control.stop("the routers ended the work at '" + agentId + "': " + route.reasoning());
                return outcome(AgentStatus.ENDED, null, route.reasoning());
            }
            if (lastDecision == RoutingDecision.SKIP) {
                return skipped(route.reasoning());
            }
            final String by = whoExecutes(route);
            if (errors > 0 && lastDecision != RoutingDecision.RETRY && by.equals(agentId)) {
                return failed(lastError);
            }
            final AgentResult result = attempt(by);
            if (result != null) {
                return completed(result);
            }
        }
        return failed(lastError);
    }

    /** The result, or null when it failed; then {@link #lastError} says why. */
    private AgentResult attempt(final String by) {
        executedBy = by;
        attempts++;
        final long startNs = System.nanoTime();
        AgentResult result = null;
        String problem;
        try {
            problem = assigned();
            if (problem.isEmpty()) {
                result = executor.execute(new AgentTurn(
                        session, executedBy, assignments.assignment(executedBy), attempts, control.results()));
                problem = result == null ? "it gave no result" : belowGate(result);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            control.stop("the thread of '" + agentId + "' was interrupted");
            problem = "it was interrupted";
        } catch (final Exception e) { // whatever an agent throws is its failure, and is told
            problem = shortened(e.toString());
        }
        final long durationNs = System.nanoTime() - startNs;
        session.meter().executed(durationNs, attempts, problem.isEmpty());
        executionTimeMs += durationNs / NS_PER_MS;
        if (problem.isEmpty()) {
            return result;
        }
        noteError(problem);
        return null;
    }

    /** The agent itself, or the alternate that the routers branch to, each of which has one chance. */
    private String whoExecutes(final RoutingResult route) {
        final boolean branches =
                lastDecision == RoutingDecision.BRANCH || lastDecision == RoutingDecision.CONDITIONAL;
        return branches && assignments.isAlternate(route.nextTask()) && branchedTo.add(route.nextTask())
                ? route.nextTask()
                : agentId;
    }

    private static String shortened(final String text) {
        return text.length() <= PROBLEM_LENGTH_MAX ? text : text.substring(0, PROBLEM_LENGTH_MAX) + "...";
    }

    private String belowGate(final AgentResult result) {
        return gate == null || result.qualityScore() >= gate.threshold()
                ? ""
                : "its quality " + result.qualityScore() + " is below " + gate.threshold() + " of gate '"
                        + gate.gateId() + "'";
    }

    private void noteError(final String problem) {
        errors++;
        lastError = problem;
        final Map<String, Object> data = new LinkedHashMap<>();
        data.put("agent_id", executedBy);
        data.put("error", problem);
        data.put("detail", Map.of("attempt", attempts, "for_agent", agentId));
        session.signalCoordinationEvent("error_occurred", data, executedBy);
    }

    private AgentOutcome completed(final AgentResult result) {
        if (errors > 0) {
            session.routingOrchestrator().resetRetries(agentId);
            tellRecovery(true);
        }
        control.put(agentId, result);
        if (gate != null) {
            session.coordination().scoreGate(gate.gateId(), result.qualityScore());
        }
        final SignalReceipt receipt = session.complete(agentId, result, executionTimeMs);
        return receipt.isAccepted()
                ? outcome(AgentStatus.COMPLETED, result, "")
                : failed("its completion was refused: " + receipt.message());
    }

    private AgentOutcome skipped(final String reason) {
        final AgentResult nothing = AgentResult.of("left out: " + reason);
        control.put(agentId, nothing);
        session.complete(agentId, nothing, 0);
        return outcome(AgentStatus.SKIPPED, null, reason);
    }

    private AgentOutcome failed(final String reason) {
        if (errors > 0) {
            tellRecovery(false);
        }
        if (gate != null) {
            session.coordination().failGate(gate.gateId());
        }
        session.fail(agentId, reason);
        return outcome(AgentStatus.FAILED, null, reason);
    }

    private void tellRecovery(final boolean isSuccess) {
        session.signalCoordinationEvent(
                "error_recovery_completed",
                Map.of(
                        "strategy",
                        "retry",
                        "success",
                        isSuccess,
                        "attempts",
                        (double) attempts,
                        "detail",
                        Map.of("agent_id", agentId)),
                SignalCoordinator.SYSTEM);
    }

    private AgentOutcome outcome(final AgentStatus status, final AgentResult result, final String reason) {
        return new AgentOutcome(
                agentId,
                status,
                attempts == 0 || executedBy == null ? "" : executedBy,
                attempts,
                lastDecision,
                result,
                reason,
                resolutionTimeMs,
                executionTimeMs);
    }
}
