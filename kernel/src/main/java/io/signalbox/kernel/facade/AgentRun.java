package io.signalbox.kernel.facade;

import io.signalbox.kernel.AgentContext;
import io.signalbox.kernel.AgentRegistry;
import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.ContextUpdateRequest;
import io.signalbox.kernel.Judgement;
import io.signalbox.kernel.KernelHaltedException;
import io.signalbox.kernel.Receipt;
import io.signalbox.kernel.RoutingResult;
import io.signalbox.kernel.UnmetCriterion;
import io.signalbox.kernel.context.AssignmentStanding;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.recovery.ErrorRecoveryOrchestrator;
import io.signalbox.kernel.recovery.RecoveryContext;
import io.signalbox.kernel.recovery.RecoveryResult;
import io.signalbox.kernel.recovery.RecoveryStrategy;
import io.signalbox.kernel.routing.RoutingDecision;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    private final ErrorRecoveryOrchestrator recovery; // null for none
    private final String agentId;
    private final Assignment assignment;

    private final Set<String> branchedTo = new HashSet<>();
    private final Set<String> begunBy = new HashSet<>();
    private String executedBy;
    private int attempts;
    private int errors;
    private String lastError = "";
    private Exception lastFailure;
    private String recoveredBy = RecoveryStrategy.RETRY;
    private boolean isRecoveryTold;
    private Map<String, Object> recoveryState = Map.of();
    private RoutingDecision lastDecision;
    private double resolutionTimeMs;
    private double executionTimeMs;

    AgentRun(
            final Workflow workflow,
            final String agentId,
            final QualityGate gate,
            final ErrorRecoveryOrchestrator recovery) {
        this.recovery = recovery;
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
        if (!missing.isEmpty() && !session.coordination().isOpen()) {
            control.stop("the session is closed");
        }
        if (control.stopped() != null) {
            return outcome(AgentStatus.NOT_RUN, null, control.stopped());
        }
        return missing.isEmpty() ? routed() : failed(missing);
    }

    /**
     * The attempt begins, once for each agent that executes: one that is registered has this task from now on, and its time runs. Empty
     * when it may begin.
     */
    private String begun() {
        if (!begunBy.add(executedBy)) {
            return "";
        }
        final AgentRegistry registry = session.kernel().agents();
        final Receipt receipt = registry.find(executedBy) != null
                ? registry.assign(session.coordination(), executedBy)
                : session.coordination().contexts().begin(executedBy);
        if (receipt.isAccepted() || receipt.rejection() == Rejection.UNKNOWN_CONTEXT) {
            return "";
        }
        begunBy.remove(executedBy);
        return "the task was refused: " + receipt.rejection().reason();
    }

    private AgentOutcome routed() {
        while (errors == 0 || control.stopped() == null) {
            final RoutingResult route = session.route(agentId, errors, lastError);
            lastDecision = route.decision();
            if (lastDecision == RoutingDecision.ERROR) {
                return errors == 0 ? failed(route.reasoning()) : givenUp();
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
                return givenUp();
            }
            final AgentResult result = attempt(by);
            final String overtaken = overtaken();
            if (!overtaken.isEmpty()) {
                return outcome(AgentStatus.FAILED, null, overtaken);
            }
            if (result != null) {
                return completed(result);
            }
        }
        return failed(lastError);
    }

    /** The routers do not let it try again. A recovery may. */
    private AgentOutcome givenUp() {
        if (recovery == null) {
            return failed(lastError);
        }
        final RecoveryContext context = RecoveryContext.of(session.coordinationId(), agentId)
                .stepCount(attempts)
                .exception(lastFailure)
                .errorMessage(lastFailure == null ? lastError : "")
                .build();
        final RecoveryResult recovered = recovery.handleError(context, this::again);
        recoveredBy = recovered.strategyUsed();
        isRecoveryTold = recovery.raisesSignalsIn(session.coordination());
        recoveryState = context.checkpoint();
        final AgentResult result = recovered.value() == null && recovered.isSuccess()
                ? attempt(agentId) // somebody says that it may go on
                : (AgentResult) recovered.value();
        final String overtaken = overtaken();
        if (!overtaken.isEmpty()) {
            return outcome(AgentStatus.FAILED, null, overtaken);
        }
        return result == null ? failed(lastError) : completed(result);
    }

    /** One attempt, as a recovery wants it. */
    private AgentResult again(final RecoveryContext context) throws Exception {
        recoveryState = context.checkpoint();
        final AgentResult result = attempt(agentId);
        if (result == null) {
            throw lastFailure == null ? new IllegalStateException(lastError) : lastFailure;
        }
        return result;
    }

    /** The result, or null when it failed; then {@link #lastError} says why. */
    private AgentResult attempt(final String by) {
        executedBy = by;
        attempts++;
        final long startNs = System.nanoTime();
        AgentResult result = null;
        lastFailure = null;
        String problem;
        try {
            problem = begun();
            if (problem.isEmpty()) {
                result = executor.execute(new AgentTurn(
                        session,
                        executedBy,
                        assignments.assignment(executedBy),
                        attempts,
                        control.results(),
                        recoveryState));
                problem = result == null ? "it gave no result" : belowQuality(result);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            control.stop("the thread of '" + agentId + "' was interrupted");
            lastFailure = e;
            problem = "it was interrupted";
        } catch (final Exception e) { // whatever an agent throws is its failure, and is told
            lastFailure = e;
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
        final boolean branches = lastDecision == RoutingDecision.BRANCH || lastDecision == RoutingDecision.CONDITIONAL;
        return branches && assignments.isAlternate(route.nextTask()) && branchedTo.add(route.nextTask())
                ? route.nextTask()
                : agentId;
    }

    private static String shortened(final String text) {
        return text.length() <= PROBLEM_LENGTH_MAX ? text : text.substring(0, PROBLEM_LENGTH_MAX) + "...";
    }

    /** What is below its gate or its own threshold counts as an error, so that it can be tried again before it is told. */
    private String belowQuality(final AgentResult result) {
        final double quality = result.qualityScore();
        if (gate != null && quality < gate.threshold()) {
            return "its quality " + quality + " is below " + gate.threshold() + " of gate '" + gate.gateId() + "'";
        }
        final AgentContext context = session.getAgentContext(agentId);
        final double threshold =
                context == null ? 0 : context.resourceAllocation().qualityThreshold();
        return quality < threshold ? "its quality " + quality + " is below its threshold " + threshold : "";
    }

    /** What the kernel has failed an agent for while it was at work; empty when nothing. */
    private String overtaken() {
        final AgentContext context = session.getAgentContext(agentId);
        return context != null && context.standing() == AssignmentStanding.FAILED ? unmet(context.unmet()) : "";
    }

    private static String unmet(final List<UnmetCriterion> unmet) {
        return "unmet: " + unmet.stream().map(UnmetCriterion::toString).collect(Collectors.joining("; "));
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
        result.intelligence()
                .forEach((kind, learnt) -> session.updateSharedIntelligence(ContextUpdateRequest.of(kind, learnt)));
        if (!executedBy.equals(agentId)) {
            session.complete(executedBy, result, executionTimeMs);
        }
        final Judgement judgement = session.complete(agentId, result, executionTimeMs);
        if (judgement.hasSucceeded()) {
            return outcome(AgentStatus.COMPLETED, result, "");
        }
        return judgement.receipt().isAccepted()
                ? outcome(AgentStatus.FAILED, null, unmet(judgement.unmet()))
                : failed("its completion was refused: "
                        + judgement.receipt().rejection().reason());
    }

    /** Who depends on it goes on; it is not judged, because it has not worked. */
    private AgentOutcome skipped(final String reason) {
        control.put(agentId, AgentResult.of("left out: " + reason));
        session.leaveOut(agentId, reason);
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
        if (isRecoveryTold) {
            return;
        }
        session.signalCoordinationEvent(
                "error_recovery_completed",
                Map.of(
                        "strategy",
                        recoveredBy,
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
