package io.signalbox.kernel.facade;

import io.signalbox.kernel.AgentContext;
import io.signalbox.kernel.ContextDistribution;
import io.signalbox.kernel.ContextUpdate;
import io.signalbox.kernel.ContextUpdateRequest;
import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.CoordinationTerms;
import io.signalbox.kernel.DependencySet;
import io.signalbox.kernel.DistributedContexts;
import io.signalbox.kernel.Judgement;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.Outcome;
import io.signalbox.kernel.RoutingResult;
import io.signalbox.kernel.SignalReceipt;
import io.signalbox.kernel.SmartRoutingOrchestrator;
import io.signalbox.kernel.State;
import io.signalbox.kernel.coordination.CoordinationSnapshot;
import io.signalbox.kernel.routing.router.RoutingContext;
import io.signalbox.kernel.routing.router.RoutingState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One session and each step of its work: signal, resolve, route, complete, close. What it belongs to goes along with everything. Any
 * thread. To close it ends its waits and drops what it holds.
 */
public final class CoordinationSession implements AutoCloseable {
    private final CoordinationManager manager;
    private final Coordination coordination;
    private final CoordinationTerms terms;
    private final SmartRoutingOrchestrator routing;
    private final WorkMeter meter;

    CoordinationSession(
            final CoordinationManager manager, final Coordination coordination, final CoordinationTerms terms) {
        this.manager = manager;
        this.coordination = coordination;
        this.terms = terms;
        this.routing = coordination.routing(manager.routing());
        this.meter = new WorkMeter(manager.kernel().metrics(), terms.correlationId());
    }

    static CoordinationSession of(
            final CoordinationManager manager, final Coordination coordination, final CoordinationSnapshot snapshot) {
        return new CoordinationSession(
                manager,
                coordination,
                CoordinationTerms.of(snapshot.name())
                        .withSessionId(snapshot.sessionId())
                        .withCorrelationId(snapshot.correlationId())
                        .withParentRunId(snapshot.parentRunId()));
    }

    /** Its id: the name of the coordination. */
    public String coordinationId() {
        return terms.coordinationId();
    }

    /** Its session id; empty when the coordination was opened without one. */
    public String sessionId() {
        return terms.sessionId();
    }

    /** What it belongs to; may be empty. */
    public String correlationId() {
        return terms.correlationId();
    }

    /** The run that it is a part of; may be empty. */
    public String parentRunId() {
        return terms.parentRunId();
    }

    /** The coordination itself, with everything the kernel can do. */
    public Coordination coordination() {
        return coordination;
    }

    /** Its state. */
    public State state() {
        return coordination.state();
    }

    /** Its routers. */
    public SmartRoutingOrchestrator routingOrchestrator() {
        return routing;
    }

    WorkMeter meter() {
        return meter;
    }

    /** What goes along with every signal. */
    Map<String, Object> belongings() {
        final Map<String, Object> belongings = new LinkedHashMap<>();
        putUnlessEmpty(belongings, "session_id", sessionId());
        putUnlessEmpty(belongings, "correlation_id", correlationId());
        putUnlessEmpty(belongings, "parent_run_id", parentRunId());
        return belongings;
    }

    private static void putUnlessEmpty(final Map<String, Object> map, final String name, final String value) {
        if (!value.isEmpty()) {
            map.put(name, value);
        }
    }

    /** Send a signal; see {@link SignalCoordinator#signalCoordinationEvent}. */
    public SignalReceipt signalCoordinationEvent(
            final String eventType, final Map<String, ?> eventData, final String senderAgentId) {
        return manager.signalCoordinator().send(this, eventType, eventData, senderAgentId);
    }

    /**
     * Give every agent its context, or none of them.
     *
     * @throws io.signalbox.kernel.context.InvalidContextException when an assignment is not as it has to be; the message says where.
     */
    public DistributedContexts distributeAgentContext(final AgentAssignments assignments) {
        final long startNs = System.nanoTime();
        final ContextDistribution distribution = assignments
                .distribution(sessionId().isEmpty() ? coordinationId() : sessionId())
                .about(belongings());
        if (!parentRunId().isEmpty()) {
            distribution.inWorkflow(parentRunId());
        }
        final DistributedContexts contexts = coordination.contexts().distribute(distribution);
        meter.distributed(System.nanoTime() - startNs, assignments.all().size());
        return contexts;
    }

    /** The context of an agent as it is now; null when it has none. */
    public AgentContext getAgentContext(final String agentId) {
        return coordination.contexts().get(agentId);
    }

    /**
     * Change what agents share; those concerned are told.
     *
     * @throws io.signalbox.kernel.context.InvalidContextException when the data is not of its kind.
     */
    public ContextUpdate updateSharedIntelligence(final ContextUpdateRequest request) {
        return coordination.contexts().updateSharedIntelligence(request);
    }

    /** An agent is ready to work. */
    public SignalReceipt initialize(final String agentId) {
        return signalCoordinationEvent("agent_initialized", Map.of("agent_id", agentId, "ready", true), agentId);
    }

    /**
     * An agent has done its work: who depends on it goes on. One that has a context is judged by its assignment first; what leaves
     * something unmet is a failure.
     */
    public Judgement complete(final String agentId, final AgentResult result, final double executionTimeMs) {
        final Map<String, Object> data = new LinkedHashMap<>(result.output());
        data.put("agent_id", agentId);
        data.put("result_summary", result.summary());
        data.put("quality_score", result.qualityScore());
        data.put("execution_time_ms", executionTimeMs);
        data.put("artifacts_generated", result.artifacts());
        data.putAll(belongings());
        return coordination.contexts().complete(agentId, result.qualityScore(), data);
    }

    /** An agent is left out: who depends on it goes on. What it was to reach falls away, for a completion is judged by it. */
    SignalReceipt leaveOut(final String agentId, final String reason) {
        if (getAgentContext(agentId) != null) {
            coordination
                    .contexts()
                    .distribute(ContextDistribution.forSession(sessionId().isEmpty() ? coordinationId() : sessionId())
                            .agent(agentId, Map.of("objective", "left out: " + reason))
                            .allocate(agentId, Map.of("quality_threshold", 0)));
        }
        return signalCoordinationEvent(
                Coordination.AGENT_COMPLETED,
                Map.of("agent_id", agentId, "result_summary", "left out: " + reason),
                agentId);
    }

    /** An agent has failed for good: who needs its success fails at once. */
    public SignalReceipt fail(final String agentId, final String error) {
        return signalCoordinationEvent(
                Coordination.AGENT_COMPLETED, Map.of("agent_id", agentId, "error", error), agentId);
    }

    /**
     * Wait for everything an agent depends on.
     *
     * @param control that may end the wait; null for none.
     * @return what is missing, in words; empty when everything is there.
     */
    String resolve(final String agentId, final List<AgentDependency> dependencies, final WorkControl control) {
        if (dependencies.isEmpty()) {
            return "";
        }
        final DependencySet waits = coordination.waits().declare(AgentDependency.document(agentId, dependencies));
        if (control != null) {
            control.waits(waits);
        }
        try {
            if (!waits.await()) {
                final String missing = missing(waits);
                waits.cancel();
                return missing;
            }
        } finally {
            if (control != null) {
                control.waited(waits);
            }
        }
        dependencies.forEach(each -> tellResolved(agentId, each));
        return "";
    }

    private void tellResolved(final String agentId, final AgentDependency dependency) {
        final Map<String, Object> data = new LinkedHashMap<>();
        data.put("dependency_type", dependency.type().name().toLowerCase(Locale.ROOT));
        data.put("dependency_id", dependency.dependencyId());
        data.put("resolved_by", dependency.target().isEmpty() ? dependency.dependencyId() : dependency.target());
        signalCoordinationEvent("dependency_resolved", data, agentId);
    }

    private static String missing(final DependencySet waits) {
        for (final String id : waits.ids()) {
            final Outcome outcome = waits.wait(id).poll();
            if (!outcome.isResolved() && !(outcome instanceof Outcome.TimedOut)) {
                return "dependency '" + id + "' " + inWords(outcome);
            }
        }
        return "the wait for the dependencies was given up";
    }

    private static String inWords(final Outcome outcome) {
        if (outcome instanceof Outcome.Expired) {
            return "did not come in time";
        }
        if (outcome instanceof Outcome.Failed) {
            return "can no longer come";
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return "was refused: " + rejected.rejection().reason();
        }
        return "was given up";
    }

    /**
     * Ask the routers about an agent.
     *
     * @param errors how often it has failed so far; the routers see it as {@code error_count}.
     * @param error what went wrong last; empty for nothing.
     */
    public RoutingResult route(final String agentId, final int errors, final String error) {
        final long startNs = System.nanoTime();
        final RoutingState state = new AgentRoutingState(routing.state(), agentId, errors, error);
        final RoutingResult result =
                routing.route(state, RoutingContext.of(agentId).withCorrelationId(correlationId()));
        meter.routed(System.nanoTime() - startNs);
        return result;
    }

    /** Signals raised in it so far, as the kernel counted them. */
    public long signalsSent() {
        return coordination.signals().metrics().totalSent();
    }

    Kernel kernel() {
        return manager.kernel();
    }

    /** End it: what waits in it is cancelled, what it holds is dropped. Closing twice is harmless. */
    @Override
    public void close() {
        coordination.close();
    }
}
